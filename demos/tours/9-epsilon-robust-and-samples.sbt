# Sets from samples; what mechanisms learned from them earn.
#
# What is simulated is compared with the mean of thousands of repetitions from another seed, within
# four standard errors of the mean of the hundred repetitions here.
tour Epsilon-robust mechanisms and samples

step Samples in place of a prior
: open ../doubtful-forecast.yaml
: screen robust
: robust draw 200 level simultaneous
Nobody hands a seller the prior. She has samples: pairs of a type and a forecast from the past.
From them she estimates beliefs, and around each estimate an interval that holds the truth but for
a small probability, epsilon.

Two hundred samples were drawn here from the table, and the sets follow from them.

step Robust, but for epsilon
: robust run
A mechanism that holds for every belief in these sets works for the true one too, unless the
samples mislead, which happens with a probability of epsilon at most.

By the estimate, the best of them earns {robust-optimum to 4 = 1.8136}. If the estimate were the
truth, and known to be, it would be {full-surplus to 4 = 2.1893}. What would ten times the samples
be worth?

step Ten times the samples
: open ../doubtful-forecast.yaml
: screen robust
: robust draw 2000 level simultaneous
: robust run
With ten times the samples, drawn from the same table, the sets are smaller, and the robust
optimum is {robust-optimum to 4 = 2.0639}. More data, less doubt; less doubt, more revenue. This
is the same curve as in the tour before, walked along by samples.

step But what is earned?
: open ../doubtful-forecast.yaml
: screen simulate
: simulate truth table
: simulate mechanisms known-prior,ex-post,bayesian,robust
: simulate samples 20,100,1000
: simulate repetitions 100
: simulate start
What counts is not what a mechanism promises but what it earns under the truth. So draw samples,
design, let the mechanism meet the truth, and do it again and again.

Four sellers: one knows the prior; one uses no beliefs; one takes the estimate for the truth; and
one is robust.

ask Who comes first with few samples, and who with many?

step Few samples
: simulate point first
With twenty samples the seller who trusts her estimate earns a share of
{simulated bayesian to 2 = 0.44 within 0.2} of the full surplus; the robust one
{simulated robust to 2 = 0.79 within 0.02}; and without any beliefs it is
{simulated ex-post to 2 = 0.79 within 0.02}.

Trust in an estimate is worse than no estimate: its bets break as soon as it is a little wrong,
and it always is.

step Many samples
: simulate point last
With a thousand samples the robust mechanism gets a share of
{simulated robust to 2 = 0.92 within 0.04}, more than what can be had without beliefs,
{simulated ex-post to 2 = 0.80 within 0.01}. Who trusts the estimate gets
{simulated bayesian to 2 = 0.70 within 0.1} still: no number of samples makes an estimate exact.

step How small an epsilon?
Epsilon trades safety for revenue. Tiny: wide sets, hardly better than no beliefs. Large: narrow
sets, and the truth is outside too often. Sweep it, with the number of samples fixed:
try simulate samples 100
try simulate epsilon 0.01,0.05,0.2,0.5
try simulate start

step The whole lecture in a sentence
: simulate point last
At the last epsilon of the sweep the robust mechanism has a share of
{simulated robust to 2 = 0.70 within 0.1}. Move along the curve with `Left` and `Right`.

Correlation is worth something, not everything: as much as one can be sure of it.
