# rules: missing-partition-key
from cassandra.cluster import Cluster

session = Cluster(["10.0.0.7"]).connect("harbour")


# bad missing-partition-key: by a column that is in no key
def ferries_in(harbour):
    return session.execute("SELECT id, name FROM ferries WHERE harbour = %s", (harbour,))  # expect missing-partition-key


# bad missing-partition-key: the day alone is half of the key
def sightings_on(day):
    return list(session.execute("SELECT ferry, at FROM sightings WHERE day = %s", (day,)))  # expect missing-partition-key


# trap missing-partition-key: the whole key
def sightings_of(ferry, day):
    return session.execute("SELECT at FROM sightings WHERE ferry = %s AND day = %s", (ferry, day))


# trap missing-partition-key: who asks for filtering knows, and is told by another rule
def expensive():
    return session.execute("SELECT number FROM tickets WHERE price > 100 ALLOW FILTERING")


# trap missing-partition-key: conditions that are put together at run time
def search(conditions):
    return session.execute("SELECT id FROM ferries WHERE " + " AND ".join(conditions))
