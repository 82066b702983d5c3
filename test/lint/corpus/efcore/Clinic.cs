// rules: eager-collection, wasteful-sql
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Clinics;

public class Patient
{
    public long Id { get; set; }
    public string Name { get; set; } = "";
    public List<Visit> Visits { get; } = new(); // expect eager-collection
    public List<Allergy> Allergies { get; } = new();
    public Doctor Doctor { get; set; } = null!;
    public long DoctorId { get; set; }
}

public class Visit
{
    public long Id { get; set; }
    public long PatientId { get; set; }
    public Patient Patient { get; set; } = null!;
    public List<Finding> Findings { get; } = new(); // expect eager-collection
}

public class Finding
{
    public long Id { get; set; }
    public long VisitId { get; set; }
    public Visit Visit { get; set; } = null!;
}

public class Allergy
{
    public long Id { get; set; }
    public long PatientId { get; set; }
    public Patient Patient { get; set; } = null!;
}

public class Doctor
{
    public long Id { get; set; }
    public string Name { get; set; } = "";
    public List<Patient> Patients { get; } = new();
}

public class ClinicContext : DbContext
{
    public DbSet<Patient> Patients => Set<Patient>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<Finding> Findings => Set<Finding>();
    public DbSet<Allergy> Allergies => Set<Allergy>();
    public DbSet<Doctor> Doctors => Set<Doctor>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        // bad eager-collection: all visits with every patient
        builder.Entity<Patient>().Navigation(patient => patient.Visits).AutoInclude();
        // bad eager-collection: and with each of them its findings
        builder.Entity<Visit>().Navigation(visit => visit.Findings).AutoInclude();
        // trap eager-collection: it was switched off again
        builder.Entity<Patient>().Navigation(patient => patient.Allergies).AutoInclude(false);
        // trap eager-collection: one row
        builder.Entity<Visit>().Navigation(visit => visit.Patient).IsRequired();
    }
}

public class PatientReports
{
    private readonly ClinicContext _db;

    public PatientReports(ClinicContext db) => _db = db;

    // bad wasteful-sql: all columns for one
    public Task<List<string>> Names() =>
        _db.Database.SqlQuery<string>($"SELECT * FROM \"Doctors\"").ToListAsync(); // expect wasteful-sql

    // bad wasteful-sql: all rows are sorted for one
    public Task<Doctor> Draw() =>
        _db.Doctors.FromSqlRaw("SELECT \"Id\", \"Name\" FROM \"Doctors\" ORDER BY random() LIMIT 1").SingleAsync(); // expect wasteful-sql

    // trap wasteful-sql: an entity wants all of its columns
    public Task<List<Doctor>> Named(string name) =>
        _db.Doctors.FromSql($"SELECT * FROM \"Doctors\" WHERE \"Name\" = {name}").ToListAsync();

    // trap wasteful-sql: counting reads none
    public Task<int> Count() => _db.Database.SqlQuery<int>($"SELECT COUNT(*) AS \"Value\" FROM \"Doctors\"").SingleAsync();
}
