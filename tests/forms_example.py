"""A scheme with long forms, as those have who code the claims of politics: for tests, pictures and measurements."""

from annotator.core.annotation import AnnotatedDocument
from annotator.core.scheme import REST, Attribute, Label, Layer, Scheme, Skip, Value

CODES = (Value("na", "not applicable", "98"), Value("unclear", "not clear", "99"))
FORMS = ("statement", "interview", "protest", "strike", "petition", "law suit", "decision")
ISSUES = (
    Value("economy", "Economy", "1"),
    Value("trade", "Trade", "11", parent="economy"),
    Value("tariffs", "Tariffs", "111", parent="trade"),
    Value("quotas", "Quotas", "112", parent="trade"),
    Value("taxes", "Taxes", "12", parent="economy"),
    Value("water", "Water", "2"),
    Value("wells", "Wells and springs", "21", parent="water"),
)
MODES = (
    Value("visit", when="CONSULT"),
    Value("call", when="CONSULT"),
    Value("riot", when="PROTEST"),
    Value("other"),
)


def attribute(name, kind="choice", values=(), **rest):
    return Attribute(f"id-{name}", name, kind, values=tuple(values), **rest)


CLAIM_FORM = (
    attribute("position", "scale", (Value("-1", "against"), Value("0", "neutral"), Value("1", "for")), required=True),
    attribute("issue", "tree", ISSUES, required=True),
    attribute("form_of_action", values=(*(Value(each) for each in FORMS), *CODES), title="form of action"),
    attribute("frames", values=(Value("rights"), Value("costs"), Value("safety")), several=True, maximum=2),
    attribute("countries", values=[Value(f"country {n}", code=f"{n:02}") for n in range(1, 31)], several=True),
    attribute("date", "date"),
    attribute("people", "number", minimum=0, maximum=100000, title="people taking part"),
    attribute("addressee", "text", skips=(Skip("", "id-evaluation"),)),
    attribute("evaluation", "scale", minimum=-5, maximum=5, required=True, title="evaluation of addressee"),
    attribute("event", values=(Value("CONSULT"), Value("PROTEST"), Value("AGREE"), Value("DISAGREE"))),
    attribute("mode", values=MODES, depends="id-event"),
    attribute("certain", "yes_no"),
)
LONG_FORM = tuple(
    attribute(f"question_{n}", ("choice", "yes_no", "text", "scale", "number", "date")[n % 6], **more)
    for n, more in enumerate(
        ({"values": (*(Value(each) for each in FORMS), *CODES)}, {}, {}, {"minimum": 1, "maximum": 7}, {}, {}) * 5
    )
)
ARTICLE_FORM = (
    attribute("irrelevant", "yes_no", skips=(Skip("yes", REST),), required=True),
    attribute("genre", values=[Value(each) for each in ("news", "interview", "analysis", "opinion", "feature")]),
    attribute("summary", "text"),
)
SCHEME = Scheme(
    "claims of politics",
    (Layer("layer", "claims"),),
    (
        Label("claim", "claims", "CLAIM", "#b3261e", "c", attributes=CLAIM_FORM),
        Label("long", "claims", "LONG", "#2e6fb7", "l", attributes=LONG_FORM),
        Label("plain", "claims", "PLAIN", "#1e8575", "p"),
    ),
    form=ARTICLE_FORM,
)
TEXTS = (
    "Council Votes on Tariffs\n\nThe harbour union asked the council on Monday to lift the tariffs on grain."
    " The council refused.\n\nTwo thousand people marched to the port.",
    "Wells Run Dry\n\nFarmers demand that the ministry opens the wells again.",
)
DOCUMENTS = [
    AnnotatedDocument(
        text=text,
        title=text.split("\n")[0],
        metadata={"publication": "The Marsa Herald", "published": f"2016-11-0{place}T08:00:00Z"},
    )
    for place, text in enumerate(TEXTS, 2)
]
