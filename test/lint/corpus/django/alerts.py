# at: alerts/models.py
# rules: lossy-column-type
from django.db import models


class TelemetryAlert(models.Model):
    # trap: of whatever is measured
    amount_abs = models.FloatField()
    amount_pct = models.FloatField()
    # bad: what is due is money
    amount_due = models.FloatField()  # expect


class Refund(models.Model):
    # bad: so is what is given back
    refund_amount = models.FloatField()  # expect
