-- A clinic with wards, appointments, laboratory and billing, as an SQLite person would write it.

CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  parent_id INTEGER REFERENCES departments,
  cost_centre TEXT
);
CREATE INDEX idx_departments_parent ON departments(parent_id);

CREATE TABLE rooms (
  id INTEGER PRIMARY KEY,
  department_id INTEGER NOT NULL REFERENCES departments(id),
  name TEXT NOT NULL,
  floor INTEGER NOT NULL DEFAULT 0,
  is_theatre BOOLEAN NOT NULL DEFAULT 0 CHECK (is_theatre IN (0, 1)),
  UNIQUE (department_id, name)
);

CREATE TABLE wards (
  id INTEGER PRIMARY KEY,
  department_id INTEGER NOT NULL REFERENCES departments(id),
  name TEXT NOT NULL UNIQUE,
  capacity INTEGER NOT NULL CHECK (capacity > 0)
);
CREATE INDEX idx_wards_department ON wards(department_id);

CREATE TABLE beds (
  id INTEGER PRIMARY KEY,
  ward_id INTEGER NOT NULL REFERENCES wards(id) ON DELETE CASCADE,
  label TEXT NOT NULL,
  usable BOOLEAN NOT NULL DEFAULT TRUE,
  UNIQUE (ward_id, label)
);

CREATE TABLE specialties (
  code TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  department_id INTEGER REFERENCES departments(id) ON DELETE SET NULL,
  title TEXT,
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role TEXT NOT NULL CHECK (role IN ('doctor', 'nurse', 'technician', 'clerk')),
  licence_number TEXT UNIQUE,
  hired_on DATE NOT NULL,
  left_on DATE,
  active BOOLEAN NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  CHECK (left_on IS NULL OR left_on >= hired_on)
);
CREATE INDEX idx_staff_department ON staff(department_id);
CREATE INDEX idx_staff_name ON staff(family_name, given_name);

CREATE TABLE staff_specialties (
  staff_id INTEGER NOT NULL REFERENCES staff(id) ON DELETE CASCADE,
  specialty_code TEXT NOT NULL REFERENCES specialties(code),
  since DATE,
  PRIMARY KEY (staff_id, specialty_code)
) WITHOUT ROWID;

CREATE TABLE shifts (
  id INTEGER PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff(id) ON DELETE CASCADE,
  ward_id INTEGER REFERENCES wards(id),
  starts_at DATETIME NOT NULL,
  ends_at DATETIME NOT NULL,
  CHECK (ends_at > starts_at)
);
CREATE INDEX idx_shifts_staff ON shifts(staff_id, starts_at);
CREATE INDEX idx_shifts_ward ON shifts(ward_id);

CREATE TABLE insurers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  payer_code TEXT NOT NULL UNIQUE,
  is_statutory BOOLEAN NOT NULL DEFAULT 1
);

CREATE TABLE patients (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  record_number TEXT NOT NULL UNIQUE, -- printed on the wristband
  given_name TEXT NOT NULL,
  family_name TEXT NOT NULL,
  born_on DATE NOT NULL,
  died_on DATE,
  sex TEXT NOT NULL DEFAULT 'unknown' CHECK (sex IN ('female', 'male', 'diverse', 'unknown')),
  blood_group TEXT CHECK (blood_group IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', '0+', '0-')),
  phone TEXT,
  email TEXT,
  photo BLOB,
  consent BOOLEAN NOT NULL DEFAULT 0 CHECK (consent IN (0, 1)),
  notes TEXT NOT NULL DEFAULT '',
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT patients_lifespan CHECK (died_on IS NULL OR died_on >= born_on)
);
CREATE INDEX idx_patients_name ON patients(family_name, given_name, born_on);

CREATE TRIGGER patients_touch AFTER UPDATE ON patients FOR EACH ROW WHEN NEW.updated_at = OLD.updated_at
BEGIN
  UPDATE patients SET updated_at = CURRENT_TIMESTAMP WHERE id = NEW.id;
END;

CREATE TABLE patient_addresses (
  patient_id INTEGER NOT NULL REFERENCES patients(id) ON DELETE CASCADE,
  kind TEXT NOT NULL DEFAULT 'home',
  street TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  city TEXT NOT NULL,
  country TEXT NOT NULL DEFAULT 'DE',
  PRIMARY KEY (patient_id, kind)
) WITHOUT ROWID;

CREATE TABLE patient_contacts (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  relation TEXT,
  phone TEXT NOT NULL,
  is_guardian BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX idx_patient_contacts_patient ON patient_contacts(patient_id);

CREATE TABLE policies (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id) ON DELETE CASCADE,
  insurer_id INTEGER NOT NULL REFERENCES insurers(id),
  number TEXT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE,
  UNIQUE (insurer_id, number),
  CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CREATE INDEX idx_policies_patient ON policies(patient_id);

CREATE TABLE allergies (
  patient_id INTEGER NOT NULL REFERENCES patients(id) ON DELETE CASCADE,
  substance TEXT NOT NULL,
  severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 4),
  noted_on DATE NOT NULL DEFAULT CURRENT_DATE,
  PRIMARY KEY (patient_id, substance)
) WITHOUT ROWID;

CREATE TABLE diagnoses (
  code TEXT NOT NULL PRIMARY KEY,
  description TEXT NOT NULL,
  chapter INTEGER,
  notifiable BOOLEAN NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE appointments (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id) ON DELETE CASCADE,
  staff_id INTEGER NOT NULL REFERENCES staff(id),
  room_id INTEGER REFERENCES rooms(id) ON DELETE SET NULL,
  status TEXT NOT NULL DEFAULT 'booked' CHECK (status IN ('booked', 'arrived', 'in progress', 'done', 'cancelled', 'no show')),
  starts_at DATETIME NOT NULL,
  minutes INTEGER NOT NULL DEFAULT 15 CHECK (minutes > 0),
  reason TEXT,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_appointments_patient ON appointments(patient_id, starts_at DESC);
CREATE INDEX idx_appointments_staff ON appointments(staff_id, starts_at);
CREATE UNIQUE INDEX idx_appointments_room ON appointments(room_id, starts_at) WHERE status <> 'cancelled';

CREATE TABLE admissions (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  bed_id INTEGER REFERENCES beds(id) ON DELETE SET NULL,
  admitted_by INTEGER NOT NULL REFERENCES staff(id),
  admitted_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  discharged_at DATETIME,
  reason TEXT NOT NULL,
  CHECK (discharged_at IS NULL OR discharged_at >= admitted_at)
);
CREATE INDEX idx_admissions_patient ON admissions(patient_id);
CREATE INDEX idx_admissions_staff ON admissions(admitted_by);
CREATE UNIQUE INDEX idx_admissions_bed ON admissions(bed_id) WHERE discharged_at IS NULL;

CREATE TABLE encounters (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  appointment_id INTEGER UNIQUE REFERENCES appointments(id) ON DELETE SET NULL,
  admission_id INTEGER REFERENCES admissions(id) ON DELETE SET NULL,
  staff_id INTEGER NOT NULL REFERENCES staff(id),
  started_at DATETIME NOT NULL,
  summary TEXT
);
CREATE INDEX idx_encounters_patient ON encounters(patient_id, started_at);
CREATE INDEX idx_encounters_admission ON encounters(admission_id);
CREATE INDEX idx_encounters_staff ON encounters(staff_id);

CREATE TABLE encounter_diagnoses (
  encounter_id INTEGER NOT NULL REFERENCES encounters(id) ON DELETE CASCADE,
  diagnosis_code TEXT NOT NULL REFERENCES diagnoses(code) ON UPDATE CASCADE,
  is_main BOOLEAN NOT NULL DEFAULT 0 CHECK (is_main IN (0, 1)),
  certainty TEXT NOT NULL DEFAULT 'G' CHECK (certainty IN ('G', 'V', 'A', 'Z')),
  PRIMARY KEY (encounter_id, diagnosis_code)
) WITHOUT ROWID;
CREATE INDEX idx_encounter_diagnoses_code ON encounter_diagnoses(diagnosis_code);
CREATE UNIQUE INDEX idx_encounter_diagnoses_main ON encounter_diagnoses(encounter_id) WHERE is_main;

CREATE TABLE vital_signs (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients(id) ON DELETE CASCADE,
  measured_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  systolic INTEGER,
  diastolic INTEGER,
  pulse INTEGER,
  temperature REAL CHECK (temperature BETWEEN 25 AND 45),
  weight_kg NUMERIC,
  height_cm NUMERIC,
  body_mass_index REAL,
  CHECK (systolic > diastolic)
);
CREATE INDEX idx_vital_signs_patient ON vital_signs(patient_id, measured_at);

CREATE TABLE drugs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  atc_code TEXT,
  strength TEXT,
  unit TEXT NOT NULL DEFAULT 'mg',
  price DECIMAL(10,2) NOT NULL CHECK (price >= 0),
  controlled BOOLEAN NOT NULL DEFAULT FALSE,
  UNIQUE (name, strength)
);
CREATE INDEX idx_drugs_atc ON drugs(atc_code);

CREATE TABLE drug_interactions (
  drug_id INTEGER NOT NULL REFERENCES drugs(id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES drugs(id) ON DELETE CASCADE,
  description TEXT NOT NULL,
  PRIMARY KEY (drug_id, other_id),
  CHECK (drug_id < other_id)
) WITHOUT ROWID;

CREATE TABLE prescriptions (
  id INTEGER PRIMARY KEY,
  encounter_id INTEGER NOT NULL REFERENCES encounters(id),
  drug_id INTEGER NOT NULL REFERENCES drugs(id),
  dose DECIMAL(10,3) NOT NULL CHECK (dose > 0),
  times_a_day INTEGER NOT NULL DEFAULT 1,
  starts_on DATE NOT NULL DEFAULT CURRENT_DATE,
  ends_on DATE,
  instructions TEXT,
  CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX idx_prescriptions_encounter ON prescriptions(encounter_id);
CREATE INDEX idx_prescriptions_drug ON prescriptions(drug_id);

CREATE TABLE drug_stock (
  drug_id INTEGER NOT NULL REFERENCES drugs(id),
  ward_id INTEGER NOT NULL REFERENCES wards(id),
  batch TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  quantity INTEGER NOT NULL DEFAULT 0 CHECK (quantity >= 0),
  PRIMARY KEY (drug_id, ward_id, batch)
) STRICT, WITHOUT ROWID;

CREATE TABLE lab_tests (
  code TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  unit TEXT,
  normal_low REAL,
  normal_high REAL,
  CHECK (normal_low IS NULL OR normal_high IS NULL OR normal_low <= normal_high)
) STRICT;

CREATE TABLE lab_orders (
  id INTEGER PRIMARY KEY,
  encounter_id INTEGER NOT NULL REFERENCES encounters(id),
  ordered_by INTEGER NOT NULL REFERENCES staff(id),
  ordered_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1))
) STRICT;
CREATE INDEX idx_lab_orders_encounter ON lab_orders(encounter_id);
CREATE INDEX idx_lab_orders_staff ON lab_orders(ordered_by);

CREATE TABLE lab_results (
  lab_order_id INTEGER NOT NULL REFERENCES lab_orders(id) ON DELETE CASCADE,
  test_code TEXT NOT NULL REFERENCES lab_tests(code),
  value REAL,
  value_text TEXT,
  abnormal INTEGER CHECK (abnormal IN (0, 1)),
  raw TEXT CHECK (json_valid(raw)),
  reported_at TEXT,
  PRIMARY KEY (lab_order_id, test_code),
  CHECK (value IS NOT NULL OR value_text IS NOT NULL)
) STRICT;

CREATE TABLE images (
  id UUID NOT NULL PRIMARY KEY,
  encounter_id INTEGER NOT NULL REFERENCES encounters(id),
  modality TEXT NOT NULL,
  content BLOB NOT NULL,
  taken_at DATETIME NOT NULL,
  metadata JSON NOT NULL DEFAULT '{}'
);
CREATE INDEX idx_images_encounter ON images(encounter_id);

CREATE TABLE operations (
  id INTEGER PRIMARY KEY,
  admission_id INTEGER NOT NULL REFERENCES admissions(id),
  room_id INTEGER NOT NULL REFERENCES rooms(id),
  surgeon_id INTEGER NOT NULL REFERENCES staff(id),
  procedure_code TEXT NOT NULL,
  starts_at DATETIME NOT NULL,
  ends_at DATETIME
);
CREATE INDEX idx_operations_admission ON operations(admission_id);
CREATE INDEX idx_operations_room ON operations(room_id);
CREATE INDEX idx_operations_surgeon ON operations(surgeon_id);

CREATE TABLE services (
  code TEXT NOT NULL PRIMARY KEY,
  description TEXT NOT NULL,
  price DECIMAL(10,2) NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE invoices (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  patient_id INTEGER NOT NULL REFERENCES patients(id),
  policy_id INTEGER REFERENCES policies(id),
  issued_on DATE NOT NULL DEFAULT CURRENT_DATE,
  paid BOOLEAN NOT NULL DEFAULT 0,
  CHECK (number GLOB 'R*')
);
CREATE INDEX idx_invoices_patient ON invoices(patient_id);
CREATE INDEX idx_invoices_policy ON invoices(policy_id);

CREATE TABLE invoice_lines (
  invoice_id INTEGER NOT NULL REFERENCES invoices(id) ON DELETE CASCADE,
  line INTEGER NOT NULL,
  service_code TEXT NOT NULL REFERENCES services(code),
  quantity INTEGER NOT NULL DEFAULT 1,
  price DECIMAL(10,2) NOT NULL,
  total DECIMAL(12,2) GENERATED ALWAYS AS (quantity * price) STORED,
  PRIMARY KEY (invoice_id, line)
);
CREATE INDEX idx_invoice_lines_service ON invoice_lines(service_code);

CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoices(id),
  amount DECIMAL(12,2) NOT NULL CHECK (amount <> 0),
  paid_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  reference TEXT
);
CREATE INDEX idx_payments_invoice ON payments(invoice_id);

CREATE TABLE access_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER NOT NULL,
  patient_id INTEGER,
  action TEXT NOT NULL,
  at DATETIME NOT NULL DEFAULT (datetime('now'))
);
CREATE INDEX idx_access_log_patient ON access_log(patient_id, at);
