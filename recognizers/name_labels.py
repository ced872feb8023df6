"""Words that are written with a capital and are no name of a person: forms and trades of firms, labels, brands."""

_COMPANY = """
ab hb kb aktiebolag aktiebolaget handelsbolag inc ltd llc gmbh oy as a/s brf förening konsult bygg fastigheter
holding group invest stiftelsen bank åkeri måleri el vvs rör redovisning städ transport bil snickeri livs
"""
COMPANY = frozenset(_COMPANY.split())
"""Casefolded: with one of them a name is a firm's."""

_LABELS = """
hej hejsan mvh vh ok okej tack hälsn obs re sv vb fwd tel tfn mob nr id kl st gdpr pga enl ang bl ca dvs etc fd fr
mm osv tex it vd hr sms pin gsm wifi pdf usa eu fn tv cd dna idag imorgon sverige google facebook apple microsoft
iphone samsung android omnipoint zip personnr persnr pnr epost e-post mobilnr postnr orgnr ing utg done job philips
yale juni juli augusti ica willys floor street ger valborg poste iban bic swift larmkod to from subject cc bcc date
sent reply betr rek ref att attn pat sid fig kap reg adr avd art moms mfl telnr sign ocr villa linux windows insert
into values select update null error warn info debug authorization bearer
obj larmobj anm forts hei heisan hallå hi hello
"""
LABELS = frozenset(_LABELS.split())
"""Casefolded."""
VERBS = frozenset(
    (
        *(
            "sa",
            "sade",
            "säger",
            "hör",
            "hörde",
            "ser",
            "såg",
            "vill",
            "ville",
            "kan",
            "kunde",
            "har",
            "hade",
            "är",
            "var",
        ),
        *(
            "ska",
            "skulle",
            "får",
            "fick",
            "går",
            "gick",
            "kom",
            "kommer",
            "bor",
            "bodde",
            "ringer",
            "ringde",
            "blir",
            "blev",
        ),
        *("gör", "gjorde", "tar", "tog", "ger", "gav", "vet", "visste", "tror", "tycker", "behöver", "måste", "brukar"),
        *("står", "stod", "sitter", "satt", "ligger", "låg", "jobbar", "åker", "åkte", "glömmer", "glömde", "tackar"),
    )
)
"""The commonest verbs: in small letters right after a given name they are no surname, be they one elsewhere."""
