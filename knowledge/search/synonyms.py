"""Words that engineers use for the same thing, beside the aliases that editors keep.

Each line is a group; any word of it also finds the others, at a lower weight. Words with a
slash are phrases: ``garbage/collection``.
"""

from functools import lru_cache

from knowledge.search.analysis import stem

_GROUPS = """
access permission authorization authorisation privilege rights
admin administrator root superuser
allow permit enable let
anonymous unnamed lambda
append add push insert
arguments parameters args params
array list
assert check verify validate
async asynchronous await concurrent
attack attacker exploit hacker malicious
auth authentication login signin
backup snapshot dump
balance balancer distribute
batch bulk
begin start first initial
blank empty
boot startup start
browser client
bug defect error
build compile
cache caching memoize memoise memoization
call invoke
callback handler listener
cancel abort stop interrupt
cell column
change modify update edit mutate alter
char character
choose select pick
class type
clean sanitize sanitise escape
clone copy duplicate
cluster nodes
cmd command
column field attribute
combine merge join concatenate concat
compare equal equality diff
compress zip gzip
config configuration settings options
connect connection
constant const immutable readonly
container docker
convert cast transform coerce parse
counter count number
crash fail failure exception error abort
create make new construct
credentials password secret
cron schedule scheduled
crypt encrypt encryption cipher
csv spreadsheet
date time datetime timestamp
db database
deadlock hang stuck freeze
debounce throttle
declare declaration define definition
decode decoding encoding charset unicode utf
default fallback
delay wait timeout sleep pause
delete remove drop erase
denied forbidden refused blocked rejected
dependency package module library
deploy deployment release rollout
dictionary dict map hash object
directory folder dir
disk storage volume
display show render print
div element node
download fetch
duplicate unique distinct repeated
element item member entry
email mail
enum enumeration
env environment
error exception failure
evict expire invalidate
exit quit terminate kill
expensive slow costly
extend inherit inheritance subclass
fast quick performance speed
file document
filter search find
flatten nested
folder directory
foreign reference
form input
format formatting
forgery csrf xsrf
function method procedure subroutine
garbage gc
generate create produce
global shared
group groups chunk partition split
hack hacked compromised breach
hash digest checksum
header headers
host server machine node
http https web
id identifier key
image picture
import include require load
index position offset
infinite endless unlimited
injection inject
inner nested
instance object
int integer number
interface contract protocol
ip address
iterate loop traverse foreach
jwt token
kill terminate signal
latency delay slow
leak leaking
length size count
limit throttle quota cap
link url href
local localhost
lock mutex
log logging logs
loop iteration cycle
lowercase uppercase case
main primary leader master
match regex pattern
memory ram heap
message notification
microservice service
missing absent undefined lost
mock stub fake
multiple several many
mutable changing
mysql mariadb
network networking
null nil none undefined
object instance
old legacy deprecated obsolete
operator operators
optional nullable
order sort sorting ordered
os kernel
owner ownership
page pages pagination paginate
parallel concurrent multithreading threads
parent outer
password passphrase
path route url
pipe pipeline
plugin extension addon
pointer reference
port ports
prevent avoid stop protect mitigate defend
process daemon
promise future
property attribute field
proxy gateway
query select
queue broker messaging
random shuffle
read load
recursion recursive
redirect forward
refactor restructure
refresh reload rerender
regex regexp regular/expression
rename move
repeat duplicate again
replace substitute
replica replication secondary slave follower
request call
response reply answer
restrict limit constrain
result results output return
retry again
reverse invert backwards
robust resilient fault/tolerance
role permission
round truncate
route routing router
rule policy
safe secure security
sanitize escape
scale scaling scalability
schema structure
scope visibility
script program
server backend host
session cookie
shard sharding partition
share shared
shell terminal console bash
shrink reduce
singleton single
socket connection
space whitespace blank
sql query
stack heap
stale outdated old
state status
static compile
string text str
style css
subnet network
substring slice
swap exchange
switch toggle
symlink symbolic/link
sync synchronous blocking
tag label
task job worker
temp temporary tmp
terminate end stop
test testing tests
thread threads
tls ssl https certificate
token jwt
tool utility
traffic load packets requests
transaction commit rollback
tree hierarchy
trim strip
truthy boolean bool
tuple pair
ui interface frontend
undefined null missing
unit test
upload send
upgrade migrate migration
user account
utf unicode
validate check verify
value values
var variable
version release
visible shown
vm virtual/machine
watch observe observer monitor
website site page
widget component
wrap wrapper decorate decorator
write save store persist
"""


@lru_cache(maxsize=16)
def synonyms(locale: str) -> dict[str, frozenset[str]]:
    """Stem → stems of single words that mean nearly the same in engineering."""
    found: dict[str, set[str]] = {}
    if locale.split("-")[0] != "en":
        return {}
    for line in _GROUPS.split("\n"):
        group = {stem(word, locale) for word in line.split() if "/" not in word}
        for word in group:
            found.setdefault(word, set()).update(group - {word})
    return {word: frozenset(others) for word, others in found.items()}
