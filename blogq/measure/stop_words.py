"""Words that carry grammar rather than content, by language; what is left are content words.

The lists are blogq's own: articles, pronouns, prepositions, conjunctions, auxiliaries, and adverbs of place and degree.
"""

from __future__ import annotations

from functools import cache

_STOP_WORDS = {
    "en": "a about above across after again against all almost along already also although always am among an and"
    " another any anybody anyone anything are aren't around as at away back be became because become been before"
    " behind being below between both but by can can't cannot could couldn't did didn't do does doesn't doing"
    " don't done down during each either else enough even ever every everybody everyone everything few for from"
    " further get gets getting go going gone got had hadn't has hasn't have haven't having he he'd he'll he's"
    " hence her here here's hers herself him himself his how how's however i i'd i'll i'm i've if in indeed"
    " instead into is isn't it it'd it'll it's its itself just least less let let's like may maybe me might mine"
    " more most much must mustn't my myself neither never no nobody none nor not nothing now of off often on once"
    " one one's ones only onto or other others ought our ours ourselves out over own per perhaps quite rather"
    " really same shall she she'd she'll she's should shouldn't since so some somebody someone something sometimes"
    " still such than that that'd that'll that's the their theirs them themselves then there there'd there'll"
    " there's these they they'd they'll they're they've this those though through throughout thus to together too"
    " toward towards under unless until up upon us very was wasn't we we'd we'll we're we've well were weren't"
    " what what's whatever when whenever where where's whereas wherever whether which while who who'd who'll who's"
    " whoever whole whom whose why will with within without won't would wouldn't yet you you'd you'll you're"
    " you've your yours yourself yourselves",
    "de": "aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus bei"
    " beide beim bin bis bist da dabei dadurch dafür dagegen daher damit dann daran darauf daraus darf darin darum"
    " darunter darüber das dass davon davor dazu dein deine deinem deinen deiner dem den denen denn dennoch der"
    " deren des deshalb dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch dürfen ein"
    " eine einem einen einer eines einige einigen einmal er es etwa etwas euch euer eure für gar gegen gibt habe"
    " haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem ins"
    " ist ja jede jedem jeden jeder jedes jedoch jemand jene jetzt kann kannst kein keine keinem keinen keiner"
    " konnte können könnte man manche mehr mein meine meinem meinen meiner mich mir mit muss musste müssen nach"
    " nachdem neben nein nicht nichts nie niemand noch nun nur ob obwohl oder ohne schon sehr sein seine seinem"
    " seinen seiner seit selbst sich sie sind so sogar solche soll sollen sollte sondern sonst sowie um und uns"
    " unser unsere unserem unseren unter viel viele vom von vor wann war waren warum was weder weg weil welche"
    " welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wollen worden wurde wurden"
    " während wäre würde würden zu zum zur zwar zwischen über",
    "es": "a acá ahí al algo alguien algún alguna algunas alguno algunos allí ante antes aquel aquella aquellas aquello"
    " aquellos aquí así aun aún aunque bajo bien cada casi como cómo con contra cual cuál cuales cualquier cuando"
    " cuándo cuanto de del desde donde dónde dos durante e el él ella ellas ello ellos en entonces entre era eran"
    " eres es esa esas ese eso esos esta está estaba están estar estas este esto estos fue fueron ha había han"
    " hasta hay he incluso la las le les lo los luego más me menos mi mí mientras mis mismo mucha muchas mucho"
    " muchos muy nada nadie ni no nos nosotros nuestra nuestras nuestro nuestros nunca o os otra otras otro otros"
    " para pero poco por porque pues que qué quien quién quienes se sea según ser será si sí sido siempre sin sino"
    " sobre solo sólo son soy su sus suyo también tampoco tan tanto te tener tengo ti tiene tienen toda todas"
    " todavía todo todos tras tu tú tus u un una unas uno unos usted ustedes va vez vosotros y ya yo",
    "fr": "à afin ai ainsi alors après as assez au aucun aucune aujourd'hui auquel aussi autre autres aux avaient avait"
    " avant avec avez avoir avons beaucoup bien c'est car ce ceci cela celle celles celui ces cet cette ceux"
    " chaque chez comme comment d'un d'une dans de déjà depuis des deux dont donc du elle elles en encore enfin"
    " entre es est et étaient était été être eu eux fait faire fois furent fut ici il ils j'ai je jusque la là"
    " laquelle le lequel les lesquels leur leurs lors lorsque lui ma mais malgré me même mêmes mes mieux moi moins"
    " mon ne ni non nos notre nous on ont or ou où par parce parmi pas pendant peu peut plus plusieurs pour"
    " pourquoi presque puis puisque qu'il qu'elle quand que quel quelle quelles quelque quelques quels qui quoi"
    " rien sa sans sauf se sera ses seulement si sinon soi soit sommes son sont sous souvent suis sur ta tandis"
    " tant te tel telle telles tels tes toi ton toujours tous tout toute toutes très trop tu un une unes vers"
    " voici voilà vos votre vous y",
    "it": "a abbiamo ad adesso agli ai al alcune alcuni alla alle allo allora altra altre altri altro anche ancora"
    " appena avere aveva avevano avete avuto c'è che chi ci ciascuno ciò coi col come con contro cosa così cui da"
    " dagli dai dal dalla dalle dallo degli dei del della delle dello dentro di dopo dove dunque due e è ecco ed"
    " era erano essa esse essere essi fa fare fino fra fu furono già gli ha hai hanno ho i il in infatti io la là"
    " le lei li lo loro lui ma mai me meno mentre mi mia mie miei mio molta molte molti molto ne né negli nei nel"
    " nella nelle nello nessun nessuno niente noi non nostra nostre nostri nostro nulla o ogni oppure ora per"
    " perché però più poco poi può qua qual quale quali qualche qualcosa qualcuno quando quanto quasi quella"
    " quelle quelli quello questa queste questi questo qui quindi sarà se sé sei sempre senza si sì sia siamo"
    " siete sono sopra sotto sta stata state stati stato stesso su sua subito sue sugli sui sul sulla sulle sullo"
    " suo suoi tale tanto te ti tra tre troppo tu tua tue tuo tuoi tutta tutte tutti tutto un un'altra una uno va"
    " verso vi voi vostra vostre vostri vostro",
    "nl": "aan achter af al alle alleen alles als altijd ander andere anders behalve ben bent beter bij bijna binnen"
    " boven buiten daar daarna daarom dan dat de deze die dit doch doen doet dood door dus een eens eer elk elke"
    " en enkele er erg ergens even ge geen geweest haar had hadden heb hebben heeft hem het hier hij hoe hun"
    " iemand iets ik in is ja je jij jou jouw jullie kan kon konden kunnen langs later maar me mee meer meest men"
    " met mij mijn misschien moet moeten mogen na naar naast niemand niet niets nog nooit nu of om omdat onder ons"
    " onze ook op over overal per reeds samen sinds slechts sommige soms steeds te tegen ten ter terwijl toch toen"
    " tot tussen tijdens u uit uw van vanaf veel vele volgens voor vooral waar waarom wanneer want waren was wat"
    " we weer wel welk welke werd werden wie wij wil worden wordt zal ze zeer zei zelf zelfs zich zij zijn zo"
    " zoals zonder zou zouden zulke zullen",
    "ru": "а без более больше был была были было быть в вам вами вас ведь весь во вот впрочем все всегда всего всей"
    " всем всех всю всё вся вы где да даже для до другая другие другого другой его ей ему если есть еще ещё её же"
    " за зачем здесь и из или им ими иногда их к каждый как какая какие какой ко когда конечно которая которого"
    " которой которые который которых кто куда ли лишь между меня мне много может можно мой моя мы на над надо"
    " наконец нам нами нас наш наша наши не него нее неё ней нельзя нет нибудь никогда ним них ничего но ну о об"
    " один одна одни одно он она они оно от очень перед по под пока после потом потому почему почти при про просто"
    " раз с сам сама сами самый свое своей свои своих свой своя свою себе себя сейчас снова со совсем так также"
    " такая такие такой там тебе тебя тем теперь то тобой тогда того тоже той только том тот ту туда тут ты тех у"
    " уж уже хотя хоть чего чей чем через что чтоб чтобы чуть эта эти этим этих это этого этой этом этот эту я",
}


@cache
def stop_words(language: str) -> frozenset[str]:
    """Stop words of a language given by its two letters, in lower case; none for a language that has no list."""
    return frozenset(_STOP_WORDS.get(language, "").split())
