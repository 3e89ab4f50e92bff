"""Abbreviations with a full stop, by language: what keeps `sentences` from ending one at "Dr." or "z. B.".

Words are written casefolded and without their last stop. The lists are blogq's own.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

_LEADING = {
    "": "al approx ca cf cca dr ed eds eq etc. fig figs ibid inc. mr mrs ms no nos nr op p pp prof st tel v ver vol"
    " vols vs",
    "en": "adm apr art assn attn aug ave blvd brig bros. capt ch chap cmdr co. col cpl dec dept dept. dir e.g eg est"
    " esp ext feb fr ft gen gov hon i.e ie incl inst jan jul jun lt ltd. maj mar messrs mfg mlle mme mt mtn no nov"
    " oct pl pres pt pvt rep repr rev sec sect sen sep sept sgt sr. supt tbl trans univ viz wed mon tue thu fri"
    " sat sun r.i.p a.k.a w.r.t resp min max misc orig temp par",
    "de": "abb abs abschn adr allg angebl anm apr art aufl aug ausg bd begr bes betr bez bzgl bzw ca d.h dez d.i dipl"
    " dir do d.j dtl ebd ehem eigtl einschl engl entspr erw evtl exkl fa f.d feb ff. fr frz ggf ggü gegr geb gem"
    " geogr ggfs hg hl hr hrn hrsg i.a i.d.r ing inkl insb internat jan jg jh jhd jr kap kath kfm kgl lat lfd lt"
    " m.e max mi min mind mio mrd mwst nov nr o.ä. o.g okt orig pfd phil pkt prof q qm r.i.p rd red s s.a s.o s.u"
    " sept sog st std stellv str tab tägl tel u u.a u.a.m. u.ä. u.u urspr usf. usw. v.a v.chr vgl vorm wg z zb z.b"
    " z.t z.z zit zt zzgl ztr n.chr österr schweiz d h b i",
    "es": "aprox art arts atte av avda c cap caps cf cía. col cta d da dcha depto dna dña doc dpto dr dra dras dres ed"
    " ee.uu. ej etc. excma excmo fig figs gob gral hno hnos ing izq kg lic licda ltda. máx mín mtro núm núms p"
    " p.ej pág págs pje pl prof profa prov pta rte s s.a. s.l. sr sra sras sres srta sta sto tel teléf tfno ud uds"
    " v vd vds vol vols",
    "fr": "adj adv apr art av avr bd boul c.-à-d cf ch chap c.à.d cie. coll déc dep dép dr éd env etc. ex fasc févr fig"
    " hab ibid id janv jr jul lt m mgr mlle mlles mm mme mmes mr n.b nov no num oct p p.ex part pl pp prof réf"
    " resp sept s.v.p. st ste suiv sup suppl tél trad var vol vs",
    "it": "all arch art artt avv ca cap capp cfr co. cod dott dott.ssa dr dr.ssa ecc. ed egr es fig figg gent gg geom"
    " id ing int jr lett max min n nn num op p pag pagg par pp prof proff prof.ssa rag rev s sec seg. segg. sen"
    " sig sigg sig.na sig.ra spett ss st suppl tab tel tit trad v vd vol voll",
    "nl": "aant afd afb al art bijv b.v bijz blz bv ca d.d d.m.v dhr dir d.w.z dr drs e.a. ed e.d. enz. etc. excl evt"
    " fa fig gebr gem geb hfst i.p.v i.v.m incl ing ir jhr jl jr kon lic m.a.w max m.b.t m.b.v mej mevr min mr mrd"
    " n.a.v nl nr nrs o.a o.b.v o.m ong pag par pct plm prof red resp sec secr sint st t.a.v tel t.o.v t.w.v vgl"
    " vlg vnl vs z.g zgn z.o.z",
    "ru": "акад англ бул вв. в в. вкл вып г. гг. ген гл гос гр д. др. ж-д зав зам и.о им ин-т инж исп итд кан кв км коп"
    " корп лат м мин млн. млрд. напр нем обл оз оп п п. пер пл пос пп пр. просп проф р-н р. руб. рис с сб св см"
    " соч ср ст стр т табл т.д. т.е т.к т.н т.о т.п. тел тт тыс. тыс ул ум ун-т ур утв фр ч чел. чл экз",
}
"""Abbreviations. One that is written with its stop here may be the last word of a sentence; the others never are."""

_OPENERS = {
    "en": "a after all also although an and another as at because before both but by during each even every few finally"
    " first for from he her here his how however i if in instead into it its later many maybe meanwhile moreover"
    " most my nevertheless next no not nothing now of on once one only or other our over perhaps she since so some"
    " still such than that the their them then there therefore these they this those though through thus to today"
    " under unlike until we well what when where whether which while who whose why with without yes yet you your",
    "de": "aber alle allerdings als also am an auch auf aus bei beide beim bis da dabei dafür dagegen daher damit"
    " danach dann daran darum das dass dazu dem den denn der deshalb die dies diese dieser dieses doch dort du"
    " durch ein eine einen einer eines er erst es etwas für hier ich ihr ihre im in ist ja jede jeder jedes jedoch"
    " kein man manche mein mit nach nicht noch nun nur ob oder ohne schließlich sein seine seit sie so sogar"
    " solche später trotzdem um und unser unter viele vom von vor während wann warum was weil wenn wer wie wir wo"
    " zu zudem zum zur zwar",
    "es": "a además al algunos antes así aunque aun cada como con cuando de del desde después donde dos el él ella"
    " ellos en entonces era es esa ese eso esta este esto estos fue hay la las lo los luego mientras muchos nada"
    " ni no nos nosotros o otra otro para pero poco por porque pues que quien se según si sí sin sobre su sus"
    " también tal todo todos tras tu un una uno y ya yo",
    "fr": "à ainsi alors après au aucun aussi autre aux avant avec beaucoup car ce cela celui ces cet cette ceux chaque"
    " comme comment d' dans de depuis des deux donc du elle elles en encore enfin ensuite est et il ils ici j' je"
    " l' la le les leur leurs lors lui mais malgré même mes moi mon n' ne non nos notre nous on or ou où par parce"
    " parfois pas pendant peu plus plusieurs pour pourquoi puis quand que quel quelle qui sa sans se selon ses si"
    " sinon son sous sur ta te tous tout toute très tu un une voici voilà vos votre vous y",
    "it": "a ad al alcuni alla allora anche ancora appena c' che chi ci ciò come con così cosa da dal del della di dopo"
    " dove due e è ed ecco era essi fra gli ha hanno i il in infatti inoltre io l' la le lei lo loro lui ma mentre"
    " molti ne nel nella no noi non o ogni oggi ora per però perché poi prima qual quale quando quello questa"
    " questo qui se secondo sei senza si sì solo sono sta su sul tra troppo tu tutti tutto un una uno va vi voi",
    "nl": "aan al alle als altijd andere beide bij daar daarna daarom dan dat de deze die dit door dus echter een elke"
    " en er geen haar had heb heeft het hij hier hoe hun ik in is ja je jij jullie kan maar man me meer men met"
    " mijn moet na naar niemand niet niets nog nu of om omdat ondanks ons onze ook op over sinds soms te tegen ten"
    " terwijl toch toen tot tussen u uit uw van veel voor vooral waar waarom want was wat we wel welke werd wie"
    " wij worden zal ze zelf zich zij zijn zo zoals zonder zou",
    "ru": "а без благодаря более были было быть в вам вас ведь весь во вот впрочем все всё всего вы где да даже для до"
    " его ее её если есть еще ещё же за затем здесь зато и из или им их иногда к каждый как какой ко когда конечно"
    " который кто кроме ли лишь мне многие может можно мой мы на над надо наконец нам нас наш не него ней нет ни"
    " никто но ну о об однако он она они оно от откуда поэтому первый перед по под пока после потом потому почему"
    " почти при про с сам себя сегодня сейчас со так также там тем тех то тогда того тоже только тот тут ты у уже"
    " хотя хорошо чем через что чтобы эта эти это этот я",
}
"""Words that open sentences more often than names: what tells "in the U.S. They left" from "the U.S. Army"."""


class Abbreviations(NamedTuple):
    """What one language needs to know about words with stops."""

    inner: frozenset[str]
    """Never the end of a sentence: titles, "e.g", "fig"."""
    last: frozenset[str]
    """The end of a sentence when a capital follows: "etc", "inc"."""
    openers: frozenset[str]
    """Words that open sentences."""
    ordinals: bool
    """Whether a stop makes an ordinal of a number, as in German."""


@cache
def abbreviations(language: str) -> Abbreviations:
    """Abbreviations of a language, given by its two letters; those met everywhere for one that has no list."""
    words = f"{_LEADING['']} {_LEADING.get(language, '')}".split()
    last = frozenset(word[:-1] for word in words if word.endswith("."))
    inner = frozenset(word for word in words if not word.endswith(".")) - last
    openers = frozenset(_OPENERS.get(language, "").split())
    return Abbreviations(inner, last, openers, language in {"cs", "da", "de", "et", "fi", "hr", "nb", "nn", "no", "sk"})
