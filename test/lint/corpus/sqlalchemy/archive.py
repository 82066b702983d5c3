# rules: lazy-relation-in-loop, unfiltered-write
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Event(db.Model):
    id = db.Column(db.BigInteger, primary_key=True)
    title = db.Column(db.String(200), nullable=False)


class Session(db.Model):
    id = db.Column(db.BigInteger, primary_key=True)
    event_id = db.Column(db.ForeignKey("event.id"), nullable=False, index=True)
    is_default = db.Column(db.Boolean, nullable=False)
    is_closed = db.Column(db.Boolean, nullable=False)
    event = db.relationship(Event, backref="sessions")


class Counter(db.Model):
    id = db.Column(db.BigInteger, primary_key=True)
    running = db.Column(db.Boolean, nullable=False)
    total = db.Column(db.BigInteger, nullable=False)


# trap lazy-relation-in-loop: all of them are of one event, which the session has
def of_parent(event):
    return [(session.id, session.event.title) for session in Session.query.with_parent(event).all()]


# trap lazy-relation-in-loop: by its key
def of_key(event_id):
    for session in Session.query.filter(Session.event_id == event_id):
        print(session.event.title)


# trap lazy-relation-in-loop: by the relation
def of_event(event):
    for session in Session.query.filter_by(event=event):
        print(session.event.title)


# bad lazy-relation-in-loop: of several events
def of_events(ids):
    for session in Session.query.filter(Session.event_id.in_(ids)):
        print(session.event.title)  # expect lazy-relation-in-loop


# bad lazy-relation-in-loop: another condition
def closed():
    for session in Session.query.filter(Session.is_closed):
        print(session.event.title)  # expect lazy-relation-in-loop


# trap unfiltered-write: the mark is taken from all before one gets it
def choose(session):
    Session.query.update({Session.is_default: False})
    session.is_default = True


# bad unfiltered-write: every session
def end():
    Session.query.update({Session.is_closed: True})  # expect unfiltered-write


# trap unfiltered-write: the sessions of one event
def forget(event):
    Session.query.with_parent(event).delete()


def total():
    return Counter.query.first().total


# trap unfiltered-write: there is one row
def begin():
    Counter.query.update({Counter.running: True, Counter.total: 0})
