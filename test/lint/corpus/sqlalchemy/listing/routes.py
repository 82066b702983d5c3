# at: registry/routes.py
# rules: unbounded-list
from fastapi import APIRouter, Depends
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .models import Deed, Parcel
from .session import get_session

router = APIRouter(prefix="/parcels")


# bad unbounded-list: all parcels of the land
@router.get("/")  # expect unbounded-list
def parcels(session: Session = Depends(get_session)):
    return session.scalars(select(Parcel).order_by(Parcel.number)).all()


# bad unbounded-list: in the old way, by a column that many share
@router.get("/sold")  # expect unbounded-list
def sold(session: Session = Depends(get_session)):
    return session.query(Parcel).filter(Parcel.sold.is_(True)).all()


# trap unbounded-list: a page
@router.get("/newest")
def newest(session: Session = Depends(get_session)):
    return session.scalars(select(Parcel).order_by(Parcel.surveyed_on.desc()).limit(50)).all()


# trap unbounded-list: of one parcel
@router.get("/{parcel_id}/deeds")
def deeds(parcel_id: int, session: Session = Depends(get_session)):
    return session.scalars(select(Deed).where(Deed.parcel_id == parcel_id)).all()


# trap unbounded-list: a number
@router.get("/count")
def count(session: Session = Depends(get_session)):
    return session.scalar(select(func.count()).select_from(Parcel))
