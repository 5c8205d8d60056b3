"""Words that are in nearly every sentence, of the languages that content is delivered in."""

_ENGLISH = """
a about after again all also am an and any are aren as at be because been before being below
between both but by can cannot could couldn did didn do does doesn doing don down during each
else even every few for from further get gets getting give gives go goes going got had hadn has
hasn have haven having he her here hers him his how i if in into is isn it its itself just keep
keeps know let like ll made make makes many may me might more most much must my need needs no
nor not now of off on once one only or other our out over own please put s same say says see
shall she should shouldn so some something still such t take takes than that the their them then
there these they thing things this those through to too tried try trying under until up us use
used uses using ve very want wants was wasn way we well were weren what when where which while
who whom why will with without won would wouldn you your
"""
_GERMAN = """
aber als am an auch auf aus bei bin bis das dass dem den der des die dies diese dieser dieses
doch du ein eine einem einen einer eines er es für gegen hat hatte ich ihr im in ist ja kann
kein keine man mein mich mit nach nicht noch nur ob oder sein sich sie sind so über um und uns
unter vom von vor war warum was wenn wer werden wie wir wird wo zu zum zur
"""

STOP_WORDS = frozenset(f"{_ENGLISH} {_GERMAN}".split())
