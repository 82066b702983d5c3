# rules: query-in-loop
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Node(db.Model):
    id = db.Column(db.BigInteger, primary_key=True)
    name = db.Column(db.String(60), nullable=False, unique=True)
    status = db.Column(db.JSON, nullable=False)
    machines = db.relationship("Machine", backref="node")


class Machine(db.Model):
    id = db.Column(db.BigInteger, primary_key=True)
    node_id = db.Column(db.ForeignKey("node.id"), nullable=False, index=True)
    name = db.Column(db.String(60), nullable=False)


# bad: one query for each name, and none for what the row holds
def memory(names):
    total = 0
    for name in names:
        node = Node.query.filter_by(name=name).first()  # expect
        total += node.status.get("memory")
    return total


# bad: the variable holds a query until it is asked
def known(names):
    found = []
    for name in names:
        query = Node.query.filter_by(name=name)
        node = query.first()  # expect
        found.append(node.status.get("load"))
    return found


# trap: a collection of one row
def join(name, machines):
    node = Node.query.filter_by(name=name).first()
    for machine in machines:
        node.machines.append(machine)
