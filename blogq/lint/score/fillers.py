"""English that fills a text without saying anything: whole sentences, openings of sentences, transitions.

The lists are blogq's own. What they are for is that none of their words counts as information, wherever it stands: so
nothing of this, added to a post, can add to what was counted of it.
"""

from __future__ import annotations

from functools import cache

from blogq.measure.words import words

TRANSITIONS = (
    "accordingly|additionally|after all|also|all in all|as a consequence|as a matter of fact|as a result|as such"
    "|as well|at the same time|besides|by contrast|by the same token|by the way|clearly|consequently|conversely"
    "|equally important|finally|first and foremost|first of all|firstly|for example|for instance|for this reason"
    "|for that matter|furthermore|generally speaking|hence|however|in addition|in any case|in any event"
    "|in comparison|in conclusion|in contrast|in fact|in general|in other words|in particular|in short|in summary"
    "|in that case|in the end|in the first place|in the meantime|in turn|incidentally|indeed|instead|last but not least"
    "|lastly|likewise|meanwhile|more importantly|moreover|namely|naturally|nevertheless|next|nonetheless|notably"
    "|obviously|of course|on the contrary|on the one hand|on the other hand|on the whole|otherwise|overall"
    "|particularly|rather|regardless|secondly|similarly|simply put|specifically|still|subsequently|surprisingly"
    "|that being said|that is|that said|then|thereby|therefore|thirdly|thus|to begin with|to conclude|to put it simply"
    "|to sum up|to summarize|to that end|ultimately|undoubtedly|unfortunately|what is more|with that said|yet"
).split("|")
"""Words and phrases that join sentences. Graders don't reward them: Spearman −.10 with 12,959 graded essays."""

OPENINGS = (
    "As a general rule of thumb",
    "As everyone is well aware",
    "As mentioned above",
    "As previously stated",
    "As we all know",
    "As you can imagine",
    "At the end of the day",
    "At this point in time",
    "Believe it or not",
    "Due to the fact that",
    "First things first",
    "For all intents and purposes",
    "For the most part",
    "Have you ever wondered why",
    "I think it is fair to say that",
    "If you are anything like me",
    "In a nutshell",
    "In an ever-changing landscape",
    "In an increasingly connected world",
    "In my humble opinion",
    "In order to fully understand this",
    "In the modern era",
    "In the world of today",
    "In this article we will explore",
    "In this blog post we are going to take a closer look at",
    "In this day and age",
    "In today's digital age",
    "In today's ever-evolving landscape",
    "In today's fast-paced world",
    "In today's society",
    "It can be argued that",
    "It could be said that",
    "It goes without saying that",
    "It has often been said that",
    "It is a well-known fact that",
    "It is also worth mentioning that",
    "It is clear that",
    "It is crucial to understand that",
    "It is essential to remember that",
    "It is important to note that",
    "It is interesting to note that",
    "It is needless to say that",
    "It is no secret that",
    "It is safe to say that",
    "It is worth noting that",
    "It should be noted that",
    "It should come as no surprise that",
    "Let us dive in and find out",
    "Let's be honest",
    "Let's dive deep into",
    "Long story short",
    "Look no further",
    "Make no mistake",
    "More often than not",
    "Needless to say",
    "Now more than ever",
    "One cannot deny the fact that",
    "One could argue that",
    "One thing is for certain",
    "Only time will tell whether",
    "Since the dawn of time",
    "Suffice it to say that",
    "The fact of the matter is that",
    "The possibilities are endless",
    "The reality of the situation is that",
    "The truth of the matter is that",
    "There is no denying that",
    "There is no doubt that",
    "Throughout the course of human history",
    "To be perfectly honest",
    "To make a long story short",
    "Unless you have been living under a rock",
    "We live in a world where",
    "What this basically means is that",
    "When all is said and done",
    "When it comes down to it",
    "When it comes to things like this",
    "With all due respect",
    "With that being said",
    "Without a doubt",
    "Without further ado",
)
"""How filler sentences begin, or all that they are."""

FILLERS = (
    "At the end of the day, it is what it is.",
    "At the end of the day, what matters most is the journey.",
    "Everything happens for a reason.",
    "Every coin has two sides.",
    "In today's fast-paced world, things are changing faster than ever before.",
    "In today's ever-evolving digital landscape, staying ahead of the curve is essential.",
    "In this day and age, businesses need to leverage cutting-edge solutions.",
    "In conclusion, there are many different factors to consider.",
    "It is a game changer that will take things to the next level.",
    "It is a topic that affects each and every one of us.",
    "It is important to note that every situation is unique.",
    "It is important to remember that there are pros and cons.",
    "It is worth noting that results may vary.",
    "It goes without saying that quality is key.",
    "It plays a vital role in our everyday lives.",
    "Let's take a closer look at what this means and why it matters.",
    "Let us dive in and explore the exciting world of possibilities.",
    "Whether you're a beginner or a seasoned professional, there is something for everyone.",
    "Needless to say, this is a very important topic.",
    "Nothing could be further from the truth.",
    "Read on to learn more about this fascinating subject.",
    "Since the dawn of time, people have been asking this question.",
    "So, what are you waiting for?",
    "So without further ado, let's get started.",
    "The bottom line is that success does not happen overnight.",
    "The importance of this cannot be overstated.",
    "The possibilities are truly endless.",
    "The rest is history.",
    "There are many reasons why this is the case.",
    "There is no one-size-fits-all solution.",
    "There is a lot to unpack here.",
    "Think outside the box and embrace change.",
    "This is a testament to the power of innovation and teamwork.",
    "This is just the tip of the iceberg.",
    "This is where things get interesting.",
    "Time will tell what the future holds.",
    "Unlock your full potential and discover the secrets of success.",
    "We all know that practice makes perfect.",
    "We hope you enjoyed reading this post as much as we enjoyed writing it.",
    "We live in a world where technology is constantly evolving.",
    "When it comes to achieving your goals, the sky is the limit.",
    "With that being said, every journey begins with a single step.",
    "You may be wondering how this works.",
    "Stay tuned for more exciting content, and feel free to share your thoughts in the comments below.",
    "As we have seen, this is a complex and multifaceted issue.",
    "As the saying goes, better late than never.",
    "As always, your mileage may vary.",
    "Harness the power of synergy to streamline your workflow and foster meaningful growth.",
    "It is a robust, seamless, comprehensive and holistic approach.",
    "Navigating the complexities of this realm can be a daunting task, but the benefits are transformative.",
)
"""Sentences that could stand in any post."""


@cache
def idle_words() -> frozenset[str]:
    """Every word of the lists, in lower case with straight apostrophes; none of them is information."""
    texts = (*TRANSITIONS, *OPENINGS, *FILLERS)
    return frozenset(word.lower().replace("’", "'") for text in texts for word in words(text))


@cache
def endings() -> frozenset[str]:
    """Last words of the lists' openings and transitions: a sentence may go on right after them with its first word."""
    return frozenset(words(text)[-1].lower().replace("’", "'") for text in (*TRANSITIONS, *OPENINGS, *FILLERS))


@cache
def phrases() -> dict[tuple[str, str, str], list[tuple[str, ...]]]:
    """What is counted as filler: openings and whole sentences, as words in lower case, by their first three words."""
    found: dict[tuple[str, str, str], list[tuple[str, ...]]] = {}
    for text in (*OPENINGS, *FILLERS):
        said = words(text.lower())
        found.setdefault((said[0], said[1], said[2]), []).append(tuple(said))
    return found
