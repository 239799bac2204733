"""Prints what the two trainers' formulas give, for AdvantageGoldenTest.

python golden.py > ../../resources/dev/sightline/reward/advantages.json
"""

import json

from cases import cases
from formulas import TRL, VERL, trl_advantages, verl_advantages, verl_deviation

rows = []
for name, terms in cases().items():
    rows.append(
        {
            "name": name,
            "terms": [
                {"name": term, "weight": weight, "values": values.tolist()} for term, (weight, values) in terms.items()
            ],
            "trl": {kind: values.tolist() for kind, values in trl_advantages(terms).items()},
            "verl": {kind: values.tolist() for kind, values in verl_advantages(terms).items()},
            "verlDeviation": verl_deviation(terms),
        }
    )
print(json.dumps({"trl": TRL, "verl": VERL, "cases": rows}, indent=1))
