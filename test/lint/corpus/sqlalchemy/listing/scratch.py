# at: registry/scratch.py
# rules: schema-auto-sync
import os

from sqlalchemy import create_engine

from .models import Base

# bad schema-auto-sync: every start begins with empty tables
engine = create_engine(os.environ["SCRATCH_URL"], connect_args={"connect_timeout": 5})  # expect schema-auto-sync

Base.metadata.drop_all(bind=engine)
Base.metadata.create_all(bind=engine)
