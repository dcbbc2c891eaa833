"""What people of the demonstration site write. `{x}` is what their thesis is about."""

UPDATES = [
    (
        "progress",
        "Read twelve papers on {x} this week. Three of them disagree about the *baseline*, so I put them side by side in a table:\n\n| Paper | Data | Result |\n|---|---|---|\n| First | public | 0.71 |\n| Second | own | 0.83 |\n| Third | public | 0.69 |",
    ),
    (
        "question",
        "For {x}: should I compare with the simple model only, or also with the one from the literature? The second costs about a week.",
    ),
    (
        "progress",
        "The first experiment on {x} runs end to end. It is slow (40 minutes), but the numbers are plausible. Next: @todo:2.",
    ),
    (
        "problem",
        "The cluster lost my last two runs. I have **no results for {x}** since Tuesday and need another place to compute.",
    ),
    (
        "progress",
        "Rewrote the method section. It is four pages now and says what we decided in the meeting:\n\n- [x] notation in one table\n- [x] assumptions stated\n- [ ] limits of {x}",
    ),
    ("milestone", "Literature review on {x} finished: 43 sources, grouped into four lines of thought."),
    ("progress", "Short week: exams. I kept the notebook of {x} running and corrected the figures you marked."),
    ("question", "Is it all right to quote an unpublished report about {x}? I have the author's permission by mail."),
    (
        "progress",
        "Second data set cleaned. 3 % of the rows had impossible dates; I wrote down the rule I used to drop them.",
    ),
    (
        "progress",
        "Draft of chapter 3 is in the files. I am least sure about the paragraph on {x} on page 7, see @todo:3.",
    ),
    ("milestone", "All experiments are done. From now on only writing."),
    (
        "problem",
        "I underestimated the chapter on {x}. Realistically I need one more week, otherwise the discussion will be thin.",
    ),
]

FEEDBACK = [
    "Good table. Before you go on, say in one sentence *why* they disagree; that sentence is the start of your motivation.",
    "Compare with the simple model first. If the difference is larger than the noise, you will not need the other.",
    "This reads well. Two things: the figure on page 4 has no units, and the word *significant* needs a test behind it.",
    "Ask the computing centre for the teaching queue, I have written to them. Meanwhile run the small version on your laptop.",
    "I would move the limits into the discussion. The method section should only say what was done.",
    "Take the week, but send me the outline of the discussion by Friday so that we do not both lose time.",
]

COMMENTS = [
    "Thank you, that helps. I will do it until Friday.",
    "I had the same problem last year; I can send you my script.",
    "Done, see the new version in the files.",
    "Could we talk about this on Thursday?",
]

TODOS = [
    ("Agree on the title and register the thesis", 1, -70),
    ("Reproduce the published baseline", 2, -40),
    ("Rework the paragraph on related work", 2, -12),
    ("Send the outline of the discussion", 1, -2),
    ("Check the licence of the data set", 3, 3),
    ("Proofread chapters 1 to 3", 2, 9),
    ("Book the room for the trial talk", 3, 20),
    ("Read the submission rules", 3, None),
]

OBJECTIVES = [
    ("Describe the state of the art of {x}", "What is known, what is disputed, and where this thesis starts."),
    ("Build and measure a working prototype", "Small enough to be finished, large enough to answer the question."),
    ("Discuss limits and consequences", "Also those that speak against our own result."),
]

HYPOTHESES = [
    ("A simple model of {x} is good enough for daily use", "Within five points of the best published result."),
    ("More data helps less than cleaner data", "Measured by removing the worst tenth of the rows."),
]

MILESTONES = [
    ("Exposé accepted", -75),
    ("Literature review", -45),
    ("First experiment", -20),
    ("Draft of all chapters", 14),
    ("Hand-in", 42),
]

MEETINGS = [
    (
        "Kick-off",
        -80,
        "1. What is the question?\n2. Data\n3. How we work together",
        "We agreed on one meeting every two weeks and a short update every Friday.",
        "The working title stays until the literature review is done.",
    ),
    (
        "Literature and plan",
        -38,
        "1. Table of papers\n2. Plan until January",
        "Went through the table. The third paper is the one to beat.",
        "Public data only. @todo:2 comes first.",
    ),
    (
        "Experiment review",
        -9,
        "1. First numbers\n2. What is missing",
        "Numbers are plausible, run time is not. Discussed sampling.",
        "Halve the grid, keep the seeds.",
    ),
    ("Progress and open questions", 4, "1. Outline of the discussion\n2. Open to-dos", "", ""),
]
