"""Mentions of health (GDPR article 9): illness, disability, care, and what a home tells of them.

Example: `kunden är sjukskriven`, `har diabetes`; near-misses: `larmet är sjukt bra`, `hjärtliga hälsningar`,
`friskförklarad kamera`, `vårdcentralens larm`, `allergisk mot reklam` without a person.
"""

from __future__ import annotations

import re
from typing import ClassVar

from recognizers.base import Shape
from recognizers.labels import whole
from recognizers.mentions import CERTAIN, DOUBTFUL, LIKELY, MentionRecognizer, Term, terms


class HealthMentionRecognizer(MentionRecognizer):
    """Finds mentions of somebody's health."""

    entity: ClassVar[str] = "HEALTH_MENTION"
    terms: ClassVar[tuple[Term, ...]] = (
        *terms(
            CERTAIN,
            "sjukskriv", "sjukskrev", "sjukpenning", "sjukersättning", "aktivitetsersättning", "läkarintyg",
            "förtidspension", "sjukpension", "rullstolsburen", "rullstolsbunden", "diabetiker", "epileptiker",
            "alkoholist", "alkoholiserad", "hemtjänst", "personlig assist", "lss-", "cancersjuk", "hjärtsjuk",
            "demenssjuk", "dement$", "psykiskt sjuk", "psykisk ohälsa", "självmord", "suicid", "funktionsnedsatt",
            "funktionsnedsättning", "funktionshind", "synskada", "hörselskada", "rörelsehind", "utmattningssyndrom",
            "utbränd", "sjukskrivning", "färdtjänst", "dövblind", "hörselnedsatt", "synnedsatt", "tvångsvård",
            "lpt-vård",
            "alkoholproblem", "drogberoende", "nykter alkoholist", "kroniskt? sjuk", "insulinpump", "ledarhund",
        ),
        *terms(
            LIKELY,
            "diabetes", "epilepsi", "demens", "alzheimer", "parkinson", "schizofren", "bipolär", "adhd$", "autism",
            "autistisk", "~cancer", "leukemi", "~tumör$", "stroke$", "hjärtinfarkt", "hjärtattack", "hjärtsvikt",
            "hjärtproblem",
            "pacemaker", "cellgift", "strålbehandl", "dialys", "ms-sjuk", "reumati", "kol-sjuk", "hiv-", "hiv$",
            "hepatit", "covid", "~depression$", "deprimerad", "panikångest", "ångestattack", "~missbruk", "~gravid",
            "missfall", "förlossning", "inlagd på sjukhus", "ligger på sjukhus", "låg på sjukhus", "opererad",
            "opererats", "opereras", "ska opereras", "blev sjuk", "är sjuk$", "allvarligt sjuk", "svårt sjuk",
            "långtidssjuk", "hör dåligt", "ser dåligt", "nedsatt syn", "nedsatt hörsel", "hörapparat", "rullstol",
            "rollator", "allergisk mot", "blödarsjuk", "astma",
            "inlagd på (?:psyk|avdelning|lasarett|rättspsyk|behandlingshem)",
            "bruten (?:arm|fot|höft|handled|lårbenshals)", "brutit (?:armen|benet|foten|höften|handleden|nacken)",
            "bröt (?:armen|benet|foten|höften|handleden|nacken|axeln|lårben|nyckelbenet|revben)", "bröstsmärt",
            "har (?:ms|kol|als|ibs|ptsd)$", "fått (?:ms|kol|als|cancer)$", "lider av",
            "har (?:ett |sitt )?trygghetslarm", "bär trygghetslarm", "fått trygghetslarm", "behöver trygghetslarm",
            "hjärnskakning", "diskbråck",
            "lunginflammation", "blodförtunnande", "amputer", "förlamad", "halvsidesförlam",
            "kronisk(?:t|a)? (?:smärt|värk)",
            "minnesproblem", "minnessvårig", "dålig hörsel", "dålig syn", "nedsatt rörlighet", "rörelsenedsatt",
            "svårt att gå", "går med (?:käpp|rullator|rollator|krycko)", "höftprotes", "knäprotes",
            "waran$", "trombyl", "levaxin", "metformin", "sertralin", "citalopram", "escitalopram", "zoloft",
            "concerta",
            "ritalin", "elvanse", "lyrica$", "tramadol", "oxycontin", "oxynorm", "morfin", "stesolid", "sobril",
            "zopiklon",
            "imovane", "propavan", "theralen", "eliquis", "xarelto", "symbicort", "bricanyl", "metoprolol", "betapred",
            "methotrexat", "humira", "antabus", "subutex", "metadon", "litium$",
            "i gips$",
            "gips i", "fibromyalgi", "migrän", "tourette", "asperger", "downs syndrom", "tinnitus", "njursvikt",
            "transplanterad", "celiaki", "psoriasis", "osteoporos", "benskör", "artros", "anorexi", "bulimi",
            "ätstörning",
            "hjärtflimmer", "förmaksflimmer", "blodpropp", "hjärnblödning", "hjärnskad", "whiplash", "afasi", "stomi$",
            "syrgas hemma", "permobil", "hemsjukvård", "fallolycka", "ms-diagnos", "als-sjuk", "sviktande hälsa",
            "~sjukdom", "~diagnos(?!tik)", "hör illa", "tar insulin", "sjukanmäl", "hemma med feber",
            "opererat (?:sitt |sin |sina )?(?:knä|höft|ögon|axel|rygg|hjärta|foten|handen|magen)",
            "ont i (?:ryggen|knä|höft|magen|huvudet|bröstet|nacken|axel|ben|foten|halsen)",
            "dålig i (?:ryggen|knä|höft|ben|hjärtat|magen)", "går i terapi", "går hos (?:psykolog|kurator|psykiat)",
            "cytostatika", "medvetslös", "medvetandesänk", "medvetandet? påverka",
            "medvetandepåverk", "andningssvår", "andnöd", "svårt att andas", "alkoholpåverk", "drogpåverk",
            "narkotikapåverk", "dricker (?:för |alldeles för )?mycket(?! (?:kaffe|vatten|te|läsk|mjölk))",
            "minnet (?:sviktar|sviker|är dåligt|har blivit)",
            "tappat minnet", "tappar minnet", "problem med minnet", "svårt med minnet",
            "oxascand", "furosemid", "furix", "losartan", "enalapril", "simvastatin", "atorvastatin", "amlodipin",
            "omeprazol", "mirtazapin", "venlafaxin", "quetiapin", "olanzapin", "haldol", "risperd", "alprazolam",
            "xanor",
            "memantin", "donepezil", "madopar", "levodopa", "digoxin", "spironolakton", "prednisolon", "kåvepenin",
            "pregabalin", "gabapentin", "buprenorfin", "fentanyl", "oxikodon", "oxazepam", "warfarin",
            "~fraktur(?:en|er)?$", "ryggskott", "magsjuk", "inkontinen", "syrgas", "slagit i huvudet", "slog i huvudet",
            *(f"{brought} till (?:akuten|sjukhus|lasarett)" for brought in ("fördes", "förd", "kördes", "åkte", "åkt")),
            "blodtryck(?:et)? [0-9]", "har (?:en )?hjärtfel",
            "pregnan", "wheelchair", "sick leave", "dementia", "heart (?:attack|condition|failure)",
            "hard of hearing", "hearing aid", "visually impaired", "hospitali[sz]ed",
            "epilepsy", "epileptic", "diabetic", "depressed$", "anxiety", "burned out$", "burnout$", "walking frame",
            *(
                f"{broke} (?:(?:his|her|my|a) )?(?:hip|leg|arm|ankle|wrist|foot)$"
                for broke in ("broken", "broke", "fractured")
            ),
            "mental health", "mental illness", "alcoholic", "has (?:copd|adhd|ptsd)$", "multiple sclerosis",
            "had surgery", "had a stroke", "home care",
            "har fallit (?:i|på) (?:köket|badrummet|hallen|trappan|duschen|sovrummet|golvet|toaletten|gården)",
        ),
        *terms(
            DOUBTFUL,
            "sjuk$", "sjuka$", "sjukhus", "läkare", "vårdas", "medicin(?:er|en|erna)?$", "behandling", "rehab",
            "psykolog", "psykiat", "terapi", "allergi", "handikapp", "blind$", "döv$", "sjukvård", "insulin",
            "antidepressiv", "smärt", "yrsel", "svimma", "ramlat", "vårdhem", "äldreboende", "vårdboende",
            "palliativ", "hospice", "krycko", "rehabiliter", "berusad",
            "ser illa", "förkyld", "feber$", "ramlade", "hospital$",
        ),
    )  # fmt: skip
    shapes: ClassVar[tuple[Shape, ...]] = (Shape("field", whole(r"[A-Za-zÅÄÖåäö][^\0]{2,200}"), 0.45, named=True),)
    fields: ClassVar[re.Pattern[str] | None] = re.compile(
        r"(^|_)(diagnos(er)?|sjukdom(ar)?|allergi(er)?|funktionsnedsattning|funktionshinder|handikapp|halsa|halsotillstand"
        r"|franvaro_?orsak|medicinering|health|disability|sjukskriv\w*)(_|$)"
    )
