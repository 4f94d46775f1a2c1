# Full rank suffices, whatever the values are; less may be enough, or not.
tour Crémer–McLean and rank

step Beliefs as vectors
: open ../almost-independent.yaml
: pane conditions
: conditionals on
What a type believes about the others is a vector of probabilities. Put the vectors of all types
of a bidder below each other: the matrix of beliefs. Its rows are at the right of the table.

ask What would you ask of that matrix, so that any bet one likes can be offered to every type?

step Full rank
If the rows are independent, one can choose freely what a bet is worth to each type: nothing to
this one, a loss to all the others. Crémer and McLean: where every bidder's matrix has full rank,
the seller extracts the full surplus, whatever the values.

Here the rank is {rank "agent 1" = 2} for both bidders, with two types each. The surplus is hers:
{revenue = 1.749} of {full-surplus = 1.749}.

step How nearly singular?
Rank is a yes or a no. How near the matrix is to losing its rank is told by its smallest singular
value: {singular-value "agent 1" to 9 = 0.000004000}. The bets have to undo that: the smaller it
is, the larger the payments may have to be: up to {max-payment = 62750} at this vertex. (The
values have a say, too: where they ask for small bets only, payments stay small.)

step One of three missing
: conditionals off
: open ../not-full-rank.yaml
: pane conditions
Three types each, but one believes what a mixture of the two others believes. So what a bet costs
this type is the same mixture of what it costs them: it cannot be chosen freely.

ask Is the full surplus out of reach?

step Out of reach, yet worth something
The matrix has rank {rank row = 2}. Can all be extracted? The answer is {fse bayesian = no}: she
gets {revenue = 2} of {full-surplus = 2.25}.

But look at what she would get under ex-post rules, where beliefs do not matter:
{ex-post-optimum = 1.65}. Most of what correlation can give is there without full rank.

step Two types that agree
: open ../shared-belief.yaml
: pane conditions
Here two types of the row bidder, with values {value "row bidder" 5 = 5} and
{value "row bidder" 6 = 6}, have the very same belief. No bet tells them apart:
{distinct-beliefs "row bidder" = 2} beliefs for three types.

The seller gets {revenue to 5 = 4.16667} of {full-surplus = 4.5}. The higher of the two types
keeps a rent of {rent "row bidder" 6 = 1}.

step Take the agreement away
Let the higher type disagree a little with the lower one, and think a little more often that the
other bidder's value is high. What does it keep? (Does the other direction do as well?)

try mass row
try set 6,3 0.17

step Not only rank
Now the rank of the row bidder is {rank "row bidder" = 2} still, as there are only two columns.
Can all be extracted? The answer is {fse bayesian = yes}: {revenue = 4.5} of {full-surplus = 4.5}.

So full rank is enough, and not needed. And in the other direction a rent would be left: the
values matter. What exactly is needed? That is the next tour.
