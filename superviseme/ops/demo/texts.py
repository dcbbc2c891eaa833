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

GOALS_STATES = ["open", "open", "reached"]

THESES: list[tuple[str, str, str, str, list[str], str, bool]] = [
    # student, supervisors after ":", title, about, level, keywords, state, silent
    (
        "alice.doe:j.smith",
        "Predicting readmissions from routine hospital data",
        "readmission risk",
        "master",
        ["machine learning", "health care"],
        "in_progress",
        False,
    ),
    (
        "bob.wilson:e.johnson",
        "Short answers from long documents: question answering for course regulations",
        "question answering",
        "bachelor",
        ["language models", "retrieval"],
        "writing",
        False,
    ),
    (
        "carol.brown:m.garcia",
        "Tracing coffee: what a ledger adds to a supply chain and what it costs",
        "supply chain ledgers",
        "master",
        ["blockchain", "logistics"],
        "in_review",
        False,
    ),
    (
        "david.miller:j.smith,alice.johnson",
        "Seeing cyclists at dusk: detection under bad light",
        "low-light detection",
        "master",
        ["computer vision", "road safety"],
        "in_progress",
        True,
    ),
    (
        "eva.clark:e.johnson",
        "Error correction on small quantum devices",
        "error correction",
        "bachelor",
        ["quantum computing"],
        "submitted",
        False,
    ),
    (
        "giulia.conti:maria.rodriguez",
        "Lettere in rete: reconstructing correspondence networks of the eighteenth century",
        "correspondence networks",
        "master",
        ["digital humanities", "networks"],
        "writing",
        False,
    ),
    (
        "lukas.schneider:m.garcia",
        "Donaudampfschifffahrtsfahrplanoptimierung: timetables for river boats under changing water levels",
        "timetabling",
        "master",
        ["optimisation", "rivers"],
        "accepted",
        False,
    ),
    (
        "fatima.elamin:alice.johnson",
        "Heat in the city: measuring shade with street photographs",
        "urban heat",
        "phd",
        ["climate", "computer vision"],
        "in_progress",
        False,
    ),
    (
        "tomas.novak:j.smith",
        "Privacy of smart meters: what a load curve tells",
        "load curves",
        "bachelor",
        ["privacy", "energy"],
        "defended",
        False,
    ),
    (
        "ines.moreau:m.garcia",
        "Fairness of automated grading in programming courses",
        "automated grading",
        "master",
        ["fairness", "education"],
        "completed",
        False,
    ),
    (
        "yuki.tanaka:e.johnson,m.garcia",
        "Listening to machines: anomaly detection from sound",
        "sound anomalies",
        "master",
        ["audio", "maintenance"],
        "suspended",
        False,
    ),
    (
        "seun.adebayo:maria.rodriguez",
        "Who decides? Consent in shared medical data spaces",
        "consent",
        "other",
        ["ethics", "health care"],
        "proposed",
        False,
    ),
    (
        "bob.wilson:j.smith",
        "A field guide to flaky tests",
        "flaky tests",
        "bachelor",
        ["software testing"],
        "withdrawn",
        False,
    ),
    (
        "ines.moreau:alice.johnson",
        "Snow lines from satellite images",
        "snow lines",
        "phd",
        ["climate", "remote sensing"],
        "accepted",
        True,
    ),
    (
        "tomas.novak:m.garcia",
        "Explaining route choices of autonomous boats",
        "route choices",
        "master",
        ["explainability", "rivers"],
        "in_progress",
        False,
    ),
    (
        "carol.brown:e.johnson",
        "Statistics for small classes",
        "small samples",
        "bachelor",
        ["statistics", "education"],
        "completed",
        False,
    ),
]

TOPICS: list[tuple[str, str, str, str, int, str, list[str], str, str]] = [
    # publisher, title, area, level, capacity, state, keywords, summary, prerequisites
    (
        "j.smith",
        "Adaptive exercises for introductory programming",
        "Education",
        "bachelor",
        2,
        "open",
        ["education", "programming"],
        "Choose the next exercise from what a student got wrong before.",
        "Programming, basic statistics",
    ),
    (
        "j.smith",
        "Security of small sensors in smart cities",
        "Security",
        "master",
        1,
        "open",
        ["security", "internet of things"],
        "Find out what a cheap sensor reveals, and what can be done about it at no cost.",
        "Networks, some electronics",
    ),
    (
        "e.johnson",
        "Summaries people can check",
        "Language",
        "master",
        1,
        "open",
        ["language models", "trust"],
        "Summaries in which every sentence leads back to its source.",
        "Python; interest in language",
    ),
    (
        "e.johnson",
        "Forecasting library seats",
        "Data science",
        "bachelor",
        1,
        "open",
        ["forecasting", "campus"],
        "Where will there be a free seat in an hour?",
        "Statistics",
    ),
    (
        "m.garcia",
        "Negotiating agents for shared laboratories",
        "Artificial intelligence",
        "master",
        2,
        "open",
        ["agents", "planning"],
        "Two groups, one microscope: let programs find a fair timetable.",
        "Logic or game theory",
    ),
    (
        "m.garcia",
        "Games that teach proof",
        "Education",
        "other",
        1,
        "draft",
        ["education", "logic"],
        "A small game in which a proof is a move.",
        "",
    ),
    (
        "alice.johnson",
        "Rain from mobile phone masts",
        "Climate",
        "master",
        1,
        "open",
        ["climate", "sensors"],
        "Radio links weaken in rain; use that as a rain gauge.",
        "Signal processing",
    ),
    (
        "alice.johnson",
        "Glacier lakes: an early warning",
        "Climate",
        "phd",
        1,
        "open",
        ["climate", "remote sensing"],
        "From a satellite image to a message that arrives in time.",
        "Remote sensing, field work",
    ),
    (
        "maria.rodriguez",
        "Letters of consent people understand",
        "Ethics",
        "master",
        1,
        "open",
        ["ethics", "health care"],
        "Write, test and measure consent letters with patients.",
        "",
    ),
    (
        "maria.rodriguez",
        "Archive ethics",
        "Ethics",
        "bachelor",
        1,
        "closed",
        ["ethics", "digital humanities"],
        "What may be shown of people who never agreed?",
        "",
    ),
]

INTERESTS: list[tuple[str, int, str, str]] = [
    # student, topic index, message, what becomes of it
    ("seun.adebayo", 0, "I tutored first-year students for two terms and would like to build on that.", "pending"),
    ("lukas.schneider", 0, "I would like to combine this with my work on timetables.", "declined"),
    (
        "yuki.tanaka",
        2,
        "My suspended thesis taught me how much I like language. May I start anew with this?",
        "pending",
    ),
    ("giulia.conti", 8, "I have read consent letters of three hospitals for a seminar.", "withdrawn"),
    ("fatima.elamin", 6, "I could bring the sensor data of my current project.", "pending"),
]

PROJECTS: list[tuple[str, str, str, str, str, list[tuple[str, str]]]] = [
    (
        "alice.johnson",
        "Regional climate prediction with sparse stations",
        "Fill the gaps between weather stations with physics and a little learning.",
        "research",
        "active",
        [("bob.williams", "co-investigator"), ("fatima.elamin", "research assistant")],
    ),
    (
        "bob.williams",
        "How news travels in small towns",
        "Two years, five towns, one question: who tells whom?",
        "full-scale",
        "active",
        [("maria.rodriguez", "collaborator")],
    ),
    (
        "maria.rodriguez",
        "Ethics review in practice",
        "Follow twenty research projects through their ethics review.",
        "longitudinal",
        "paused",
        [("alice.johnson", "advisor")],
    ),
    (
        "alice.johnson",
        "Quantum methods for hospital rosters",
        "A pilot: can a small device plan a ward?",
        "pilot",
        "completed",
        [],
    ),
]
