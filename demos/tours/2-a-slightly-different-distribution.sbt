# One cell up by a thousandth, one down: from 1.5 to the full surplus, with payments in the tens of
# thousands.
tour A slightly different distribution

step The same again, nearly
: open ../almost-independent.yaml
: select 1,1
Two bidders with values {value "agent 1" 1 = 1} and {value "agent 1" 2 = 2} again, but the table
has changed a little: both low has probability {probability 1,1 = 0.251}, both high
{probability 2,2 = 0.249}. Nobody would notice in a lifetime of auctions.

With all four cells equal the best mechanism got one and a half of one and three quarters.

ask How much can the seller get now?

step All of it
: pane mechanism
The best mechanism earns {revenue = 1.749}. The full surplus is {full-surplus = 1.749}. The
bidders are left with nothing: each gains {rent "agent 1" 1 = 0} if its value is low, and
{rent "agent 1" 2 = 0} if it is high.

A change that nobody notices, and all information rents are gone. How can that be?

step What beliefs betray
: pane prior
: conditionals on
A bidder's type now says something about the other. A low type thinks that the other one is low
with probability {belief "agent 1" 1,1 to 6 = 0.500998}, a high type with
{belief "agent 1" 2,1 to 6 = 0.501002}.

A tiny difference of opinion. But two people who differ in opinion can bet, for any stakes.

step The bet
: conditionals off
: pane mechanism
: payments-shown smallest
Offer everybody who claims to be low a bet on the other's report that is fair by the belief of a
low type. Who is high believes differently, and expects to lose. The smaller the difference of
opinion, the larger must the stakes be for that loss to count.

Look at the payments of low types. With both low, agent one pays
{payment "agent 1" 1,1 = 31250.5}; with the other one high {payment "agent 1" 1,2 = -31375}: it
gets a fortune. For an item worth one or two!

step How large must they be?
There are many optimal mechanisms. The one where the simplex method stopped has a payment of
{max-payment = 62750}; the one shown now has the smallest largest payment of all. It is
{smallest-payment = 31375}.

So that is a fact about the table, not about an algorithm: the full surplus cannot be had with
less.

step What smaller payments buy
: payments bounded:100
Bidders with pockets that deep are rare. Let no payment exceed a bound of {max-payment = 100}. The
best is then {revenue to 6 = 1.499796}: hardly more than the {no-correlation = 1.499} of bidders
without correlation.

All of the gain comes from threats. Try other bounds:
try payments bounded:10000

step Nearer and nearer
: payments free
: screen blow-up
The blow-up screen mixes this table with the independent one that has the same marginals. The
triangle below is at this table; to the left it is nearer to independence.

Revenue stays at the full surplus, all the way. The payments explode: half the distance asks for
twice the stakes. `Left` moves along the curve.
try lambda 1/10

step Ten times nearer
At a tenth of the distance the optimum is {revenue = 1.7489991} still, all of
{full-surplus = 1.7489991}; the smallest payment is {smallest-payment to 3 = 313749.995}. Where
does it end, when the distance is nothing at all? That is the next tour.
