# at: registry/session.py
# rules: schema-auto-sync
import os

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from .models import Base

# bad schema-auto-sync: every start makes what is missing, past the revisions
engine = create_engine(os.environ["DATABASE_URL"], connect_args={"connect_timeout": 5})  # expect schema-auto-sync

Base.metadata.create_all(engine)


def get_session():
    with Session(engine) as session:
        yield session
