# The picture behind everything: values over beliefs, concave and linear.
tour Necessary and sufficient conditions

step A bidder and a signal
: open ../concave.yaml
: screen geometry
One bidder, and a signal that the seller sees too. With two signals a belief is one number: how
likely the first is. The three types are dots: across, what they believe; up, what they are worth.

A pessimist is worth {value bidder pessimist = 1}, who is undecided
{value bidder undecided = 2.5}, an optimist {value bidder optimist = 3}. What keeps each from
claiming to be another?

step A bet is a line
A payment that depends on the signal is a bet. What a bet is expected to cost is linear in the
belief: a straight line over this picture.

To take everything from a type, its line must go through its own dot. So that no other type is
tempted to claim the same, the line must not be below any other dot. Each dot in turn: `Down`
shows its line.

step Concave
It can, exactly where the dots lie on a concave curve. The envelope over all of them is as high as
{envelope bidder undecided = 2.5} at the belief of the undecided: its own value. So no mixture of
the others is worth more while believing the same.

That is the condition for Bayes–Nash incentives. Can all be extracted? The answer is
{fse bayesian = yes}: she gets {revenue to 4 = 2.1667} of {full-surplus to 4 = 2.1667}.

step Linear
: ic ex-post
Under ex-post incentives the price must be the same for all who buy: one bet for all types, one
line through all dots. These are not on a line. Can all be extracted? The answer is
{fse ex-post = no}.

The best with ex-post incentives is {revenue = 2}, against {full-surplus to 4 = 2.1667}. If the
bidder may also walk away once the signal is known, it is {ex-post-optimum to 4 = 1.6667}.

step Below the envelope
: open ../not-concave.yaml
: screen geometry
: geometry type undecided
The same beliefs, but who is undecided values the item at {value bidder undecided = 1.5}. The
others, mixed, believe the same and are worth {envelope bidder undecided = 2}.

Any line that goes through the dot goes below the pessimist or the optimist: one of them will
gladly take the bet. Can all be extracted? The answer is {fse bayesian = no}: she gets
{revenue to 4 = 1.6061} of {full-surplus to 4 = 1.8333}.

step Move the dot
How much must the undecided be worth? Raise it with `+`, or type a value, and watch the envelope.
try value bidder undecided 2

step On the line
At a value of {value bidder undecided = 2} the dot is on the envelope, which is
{envelope bidder undecided = 2} there. That is concave, just so. It is also linear: one bet for
everybody goes through all three dots.

So all can be extracted under Bayes–Nash incentives ({fse bayesian = yes}), and even under ex-post
ones ({fse ex-post = yes}).

step With two bidders
: open ../not-full-rank.yaml
: screen geometry
With a bidder in place of the signal, beliefs are about its type: three make a triangle. As value
counts what a type expects of the efficient outcome.

The rank is {rank row = 2}: all beliefs lie on one line, type one's between the others. Each type
alone is fine, hence the tick in brackets: a type one that loses all ties needs no bet. But where
both are of type one, one must win: that costs {full-surplus - revenue = 0.25}.
