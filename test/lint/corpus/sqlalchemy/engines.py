# rules: oversized-pool, unencrypted-connection, password-in-source, missing-timeout
import os

from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy import BigInteger


class Base(DeclarativeBase):
    pass


class Setting(Base):
    __tablename__ = "settings"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)


# bad password-in-source: whoever reads the code has it
# bad missing-timeout: waits for as long as it takes
reports = create_engine("postgresql+psycopg://shop:hunter2-hunter2@db.example.com/shop")  # expect password-in-source, missing-timeout

# bad unencrypted-connection: told to speak in the clear
# bad missing-timeout: nor does it know an end
plain = create_engine(os.environ["REPORTS_URL"], connect_args={"sslmode": "disable"})  # expect unencrypted-connection, missing-timeout

# bad unencrypted-connection: in the address
# trap missing-timeout: in the address too
in_address = create_engine("postgresql+psycopg://db.example.com/shop?sslmode=disable&connect_timeout=5")  # expect unencrypted-connection

# trap password-in-source: the environment knows it
# trap unencrypted-connection: the certificate is checked
# trap missing-timeout: it gives up
# trap oversized-pool: what a few cores can work on
secure = create_engine(
    os.environ["DATABASE_URL"],
    pool_size=10,
    max_overflow=5,
    connect_args={"sslmode": "verify-full", "connect_timeout": 5},
)

# bad password-in-source: the user's own words do not help
# bad missing-timeout: nor does it give up
archive = create_engine("mysql+pymysql://archive:hunter2-hunter2@archive.example.com/archive")  # expect password-in-source, missing-timeout

# trap oversized-pool: five and ten more, unless it is told otherwise
plain_pool = create_engine(os.environ["DATABASE_URL"], connect_args={"connect_timeout": 5})

# bad oversized-pool: all that the server gives, to one process
greedy = create_engine(os.environ["DATABASE_URL"], pool_size=200, connect_args={"connect_timeout": 5})  # expect oversized-pool

# bad oversized-pool: together with what it may overflow by
overflowing = create_async_engine(  # expect oversized-pool
    os.environ["DATABASE_URL"], pool_size=50, max_overflow=80, connect_args={"timeout": 5}
)

# trap password-in-source: a developer's own machine
# trap unencrypted-connection: no network is crossed
local = create_engine("postgresql+psycopg://dev:dev@localhost/dev?sslmode=disable", connect_args={"connect_timeout": 5})

