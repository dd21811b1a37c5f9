"""jindu_desk: an offline desk for drug-control officers under Changzhou's responsibility system."""

__version__ = "0.2.0"
