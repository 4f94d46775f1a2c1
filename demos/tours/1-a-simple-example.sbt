# Two independent bidders: reserve price, second price, and why nothing earns more.
tour A simple example

step Two bidders, one item
: open ../simple-example.yaml
: select 1,1
Two bidders want one item. Each values it at {value "agent 1" 1 = 1} or at
{value "agent 1" 2 = 2}, and knows its own value only. The seller knows how likely every pair of
values is: the table.

Here all four pairs have probability {probability 1,1 = 0.25}. Whatever one's own value is, one
believes the same about the other: {belief "agent 1" 1,2 = 0.5} that it is high, as a low type and
{belief "agent 1" 2,2 = 0.5} as a high one. What a bidder knows says nothing about the other.

ask How much can the seller expect to get? Say a number before you go on.

step All there is
If she could read minds, she would sell to the higher value and charge all of it. Three pairs of
the four have a bidder with the high value: on average {full-surplus = 1.75}.

That is the full surplus, the line below the revenue in the result: no mechanism that bidders join
freely ever earns more.

step A second-price auction
: screen baselines
: baseline second-price
In a second-price auction honesty is best: the winner pays what the other bid. Without a reserve
price it would often sell for the low value; a reserve at the high value loses the sale when both
are low.

With the best reserve the auction brings {auction second-price = 1.5}; the pivot mechanism, the
same auction without one, {auction vcg = 1.25}.

ask Which brings more: with the reserve, or without?

step The best of all
: screen table
: pane mechanism
No auction we can name is the question, but the best mechanism there is. That is a linear program:
probabilities of winning and payments at every pair of reports, such that nobody gains by a lie
and nobody by staying away.

Its optimum is {revenue = 1.5}, and the answer is proved in fractions: {proof = exact}. What is
missing is {full-surplus - revenue = 0.25}: either the bidders keep it, for what they know, or
nobody has it, where the item is not sold.

step Who gets what is left
: payments-shown smallest
A bidder of low value expects to gain {rent "agent 1" 1 = 0}. Who has a high value could claim the
low one. So that it does not, it must be left with something: its information rent. In the
mechanism shown agent one keeps {rent "agent 1" 2 = 0.5} if its value is high. Agent two keeps
{rent "agent 2" 2 = 0}, as its low type never wins.

Sell to low types less often, and the rent falls; but so does what they pay. The best mechanism
strikes the balance.

step Your turn
: screen table
: pane prior
: select 2,2
How much depends on the table? Move some probability, and watch the revenue.

Make both high values more likely, while the other cells share what is left:
try mass scale
try set 2,2 0.4

step What moved
With both high in {probability 2,2 = 0.4} of all cases, the full surplus is {full-surplus = 1.8}
and the best mechanism gets {revenue = 1.8}. But look at the beliefs too: a high type now expects
another high one with {belief "agent 1" 2,2 to 4 = 0.6667}, a low type with
{belief "agent 1" 1,2 = 0.5} only.

The values became correlated, and the gap between the best and the full surplus is
{full-surplus - revenue = 0}. The next tour asks how little correlation that takes.
