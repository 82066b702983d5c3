# at: registry/archive.py
# rules: schema-auto-sync
import os
import sys

from sqlalchemy import create_engine

from .models import Base

# trap schema-auto-sync: by hand, where somebody asks for it
engine = create_engine(os.environ["ARCHIVE_URL"], connect_args={"connect_timeout": 5})

if "--make-archive" in sys.argv:
    Base.metadata.create_all(engine)
