"""thesis_tag becomes keywords of the topic and the thesis, update_tag becomes tags; the same word once, in any case."""

from superviseme.theses.models import Keyword
from superviseme.workspaces.models import Tag, Update

from .ledger import Ledger
from .reader import Source
from .rows import Row

Key = tuple[int | None, int | None, str]  # topic, thesis, word


def import_keywords(source: Source, ledger: Ledger) -> None:
    have: dict[Key, int] = {
        (topic, thesis, folded): key
        for topic, thesis, folded, key in Keyword.objects.values_list("topic", "thesis", "folded", "pk")
    }
    pairs: list[tuple[Row, Keyword]] = []
    further: list[Keyword] = []
    doubles: list[tuple[Row, Key]] = []
    for row in ledger.new(source.rows("thesis_tag")):
        home, word = ledger.home(row, "thesis"), row.line("tag", 50)
        if home is None:
            row.refuse("its thesis is not in the file or was refused")
            continue
        if not word:
            row.refuse("the tag is empty")
            continue
        folded = word.casefold()[:100]
        owners: list[tuple[int | None, int | None]] = [(None, home.thesis.pk)] if home.thesis else []
        owners += [(home.topic.pk, None)] if home.topic else []
        first = (*owners[0], folded)
        if first in have:
            doubles.append((row, first))
            continue
        made = [Keyword(topic_id=topic, thesis_id=thesis, word=word, folded=folded) for topic, thesis in owners]
        have |= {(topic, thesis, folded): 0 for topic, thesis in owners}
        pairs.append((row, made[0]))
        further += made[1:]
    have |= {(k.topic_id, k.thesis_id, k.folded): k.pk for _, k in ledger.keep(pairs)}
    ledger.add(further)
    for row, key in doubles:
        ledger.merge(row, "theses.keyword", have[key], "the same keyword, perhaps in another case, is there already")


def import_tags(source: Source, ledger: Ledger) -> None:
    have = {(update, folded): key for update, folded, key in Tag.objects.values_list("update", "folded", "pk")}
    writers = dict(Update.objects.values_list("pk", "created_by"))
    pairs: list[tuple[Row, Tag]] = []
    doubles: list[tuple[Row, tuple[int, str]]] = []
    for row in ledger.new(source.rows("update_tag")):
        thing, update = ledger.places["thesis_update"].get(row.ref("update_id"), ("", 0))
        word = row.line("tag", 50)
        if update not in writers or thing != "workspaces.update":
            row.refuse(
                "a comment has no tags"
                if thing == "workspaces.comment"
                else "its update is not in the file or was refused"
            )
        elif not word:
            row.refuse("the tag is empty")
        elif (update, word.casefold()[:100]) in have:
            doubles.append((row, (update, word.casefold()[:100])))
        else:
            have[(update, word.casefold()[:100])] = 0
            pairs.append(
                (row, Tag(update_id=update, word=word, folded=word.casefold()[:100], added_by_id=writers[update]))
            )
    have |= {(tag.update_id, tag.folded): tag.pk for _, tag in ledger.keep(pairs)}
    for row, key in doubles:
        ledger.merge(row, "workspaces.tag", have[key], "the same tag, perhaps in another case, is there already")
