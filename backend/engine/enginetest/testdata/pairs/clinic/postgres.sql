-- A clinic with wards, appointments, laboratory and billing, as a PostgreSQL person would write it.

CREATE TYPE sex AS ENUM ('female', 'male', 'diverse', 'unknown');
CREATE TYPE appointment_status AS ENUM ('booked', 'arrived', 'in progress', 'done', 'cancelled', 'no show');

CREATE TABLE departments (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL,
    parent_id integer REFERENCES departments (id),
    cost_centre text
);
CREATE INDEX departments_parent_id_idx ON departments (parent_id);

CREATE TABLE rooms (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department_id integer NOT NULL REFERENCES departments (id),
    name text NOT NULL,
    floor smallint NOT NULL DEFAULT 0,
    is_theatre boolean NOT NULL DEFAULT false,
    UNIQUE (department_id, name)
);

CREATE TABLE wards (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department_id integer NOT NULL REFERENCES departments (id),
    name text NOT NULL UNIQUE,
    capacity integer NOT NULL CHECK (capacity > 0)
);
CREATE INDEX wards_department_id_idx ON wards (department_id);

CREATE TABLE beds (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    ward_id integer NOT NULL REFERENCES wards (id) ON DELETE CASCADE,
    label text NOT NULL,
    usable boolean NOT NULL DEFAULT true,
    UNIQUE (ward_id, label)
);

CREATE TABLE specialties (
    code text PRIMARY KEY,
    name text NOT NULL
);

CREATE TABLE staff (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    department_id integer REFERENCES departments (id) ON DELETE SET NULL,
    title text,
    given_name text NOT NULL,
    family_name text NOT NULL,
    email text NOT NULL,
    role text NOT NULL CHECK (role IN ('doctor', 'nurse', 'technician', 'clerk')),
    licence_number text UNIQUE,
    hired_on date NOT NULL,
    left_on date,
    active boolean NOT NULL DEFAULT true,
    CONSTRAINT staff_left_after CHECK (left_on IS NULL OR left_on >= hired_on)
);
CREATE UNIQUE INDEX staff_email_key ON staff (lower(email));
CREATE INDEX staff_department_id_idx ON staff (department_id);
CREATE INDEX staff_name_idx ON staff (family_name, given_name);

CREATE TABLE staff_specialties (
    staff_id integer NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    specialty_code text NOT NULL REFERENCES specialties (code),
    since date,
    PRIMARY KEY (staff_id, specialty_code)
);

CREATE TABLE shifts (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id integer NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    ward_id integer REFERENCES wards (id),
    starts_at timestamp NOT NULL,
    ends_at timestamp NOT NULL,
    CHECK (ends_at > starts_at)
);
CREATE INDEX shifts_staff_id_idx ON shifts (staff_id, starts_at);
CREATE INDEX shifts_ward_id_idx ON shifts (ward_id);

CREATE TABLE insurers (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    payer_code text NOT NULL UNIQUE,
    is_statutory boolean NOT NULL DEFAULT true
);

CREATE TABLE patients (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    record_number text NOT NULL UNIQUE,
    given_name text NOT NULL,
    family_name text NOT NULL,
    born_on date NOT NULL,
    died_on date,
    sex sex NOT NULL DEFAULT 'unknown',
    blood_group text CHECK (blood_group IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', '0+', '0-')),
    phone text,
    email text,
    photo bytea,
    consent boolean NOT NULL DEFAULT false,
    notes text NOT NULL DEFAULT '',
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT patients_lifespan CHECK (died_on IS NULL OR died_on >= born_on)
);
CREATE INDEX patients_name_idx ON patients (family_name, given_name, born_on);
COMMENT ON TABLE patients IS 'everybody who was ever treated here';
COMMENT ON COLUMN patients.record_number IS 'printed on the wristband';

CREATE TABLE patient_addresses (
    patient_id integer NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    kind text NOT NULL DEFAULT 'home',
    street text NOT NULL,
    postal_code text NOT NULL,
    city text NOT NULL,
    country char(2) NOT NULL DEFAULT 'DE',
    PRIMARY KEY (patient_id, kind)
);

CREATE TABLE patient_contacts (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id integer NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    name text NOT NULL,
    relation text,
    phone text NOT NULL,
    is_guardian boolean NOT NULL DEFAULT false
);
CREATE INDEX patient_contacts_patient_id_idx ON patient_contacts (patient_id);

CREATE TABLE policies (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id integer NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    insurer_id integer NOT NULL REFERENCES insurers (id),
    number text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    UNIQUE (insurer_id, number),
    CHECK (valid_to IS NULL OR valid_to > valid_from)
);
CREATE INDEX policies_patient_id_idx ON policies (patient_id);

CREATE TABLE allergies (
    patient_id integer NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    substance text NOT NULL,
    severity smallint NOT NULL CHECK (severity BETWEEN 1 AND 4),
    noted_on date NOT NULL DEFAULT CURRENT_DATE,
    PRIMARY KEY (patient_id, substance)
);

CREATE TABLE diagnoses (
    code text PRIMARY KEY,
    description text NOT NULL,
    chapter smallint,
    notifiable boolean NOT NULL DEFAULT false
);

CREATE TABLE appointments (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id integer NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    staff_id integer NOT NULL REFERENCES staff (id),
    room_id integer REFERENCES rooms (id) ON DELETE SET NULL,
    status appointment_status NOT NULL DEFAULT 'booked',
    starts_at timestamp NOT NULL,
    minutes integer NOT NULL DEFAULT 15 CHECK (minutes > 0),
    reason text,
    created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX appointments_patient_id_idx ON appointments (patient_id, starts_at DESC);
CREATE INDEX appointments_staff_id_idx ON appointments (staff_id, starts_at);
CREATE UNIQUE INDEX appointments_room_idx ON appointments (room_id, starts_at) WHERE status <> 'cancelled';

CREATE TABLE admissions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id integer NOT NULL REFERENCES patients (id),
    bed_id integer REFERENCES beds (id) ON DELETE SET NULL,
    admitted_by integer NOT NULL REFERENCES staff (id),
    admitted_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    discharged_at timestamp,
    reason text NOT NULL,
    CONSTRAINT admissions_order CHECK (discharged_at IS NULL OR discharged_at >= admitted_at)
);
CREATE INDEX admissions_patient_id_idx ON admissions (patient_id);
CREATE INDEX admissions_admitted_by_idx ON admissions (admitted_by);
CREATE UNIQUE INDEX admissions_one_each_bed ON admissions (bed_id) WHERE discharged_at IS NULL;

CREATE TABLE encounters (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id integer NOT NULL REFERENCES patients (id),
    appointment_id integer UNIQUE REFERENCES appointments (id) ON DELETE SET NULL,
    admission_id integer REFERENCES admissions (id) ON DELETE SET NULL,
    staff_id integer NOT NULL REFERENCES staff (id),
    started_at timestamp NOT NULL,
    summary text
);
CREATE INDEX encounters_patient_id_idx ON encounters (patient_id, started_at);
CREATE INDEX encounters_admission_id_idx ON encounters (admission_id);
CREATE INDEX encounters_staff_id_idx ON encounters (staff_id);

CREATE TABLE encounter_diagnoses (
    encounter_id integer NOT NULL REFERENCES encounters (id) ON DELETE CASCADE,
    diagnosis_code text NOT NULL REFERENCES diagnoses (code) ON UPDATE CASCADE,
    is_main boolean NOT NULL DEFAULT false,
    certainty char(1) NOT NULL DEFAULT 'G' CHECK (certainty IN ('G', 'V', 'A', 'Z')),
    PRIMARY KEY (encounter_id, diagnosis_code)
);
CREATE INDEX encounter_diagnoses_code_idx ON encounter_diagnoses (diagnosis_code);
CREATE UNIQUE INDEX encounter_diagnoses_one_main ON encounter_diagnoses (encounter_id) WHERE is_main;

CREATE TABLE vital_signs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    patient_id integer NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    measured_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    systolic smallint,
    diastolic smallint,
    pulse smallint,
    temperature double precision CHECK (temperature BETWEEN 25 AND 45),
    weight_kg numeric(5,2),
    height_cm numeric(5,1),
    body_mass_index double precision,
    CHECK (systolic > diastolic)
);
CREATE INDEX vital_signs_patient_id_idx ON vital_signs (patient_id, measured_at);

CREATE TABLE drugs (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    atc_code text,
    strength text,
    unit text NOT NULL DEFAULT 'mg',
    price numeric(10,2) NOT NULL CHECK (price >= 0),
    controlled boolean NOT NULL DEFAULT false,
    UNIQUE (name, strength)
);
CREATE INDEX drugs_atc_code_idx ON drugs (atc_code);

CREATE TABLE drug_interactions (
    drug_id integer NOT NULL REFERENCES drugs (id) ON DELETE CASCADE,
    other_id integer NOT NULL REFERENCES drugs (id) ON DELETE CASCADE,
    description text NOT NULL,
    PRIMARY KEY (drug_id, other_id),
    CHECK (drug_id < other_id)
);

CREATE TABLE prescriptions (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    encounter_id integer NOT NULL REFERENCES encounters (id),
    drug_id integer NOT NULL REFERENCES drugs (id),
    dose numeric(10,3) NOT NULL CHECK (dose > 0),
    times_a_day smallint NOT NULL DEFAULT 1,
    starts_on date NOT NULL DEFAULT CURRENT_DATE,
    ends_on date,
    instructions text,
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX prescriptions_encounter_id_idx ON prescriptions (encounter_id);
CREATE INDEX prescriptions_drug_id_idx ON prescriptions (drug_id);

CREATE TABLE drug_stock (
    drug_id integer NOT NULL REFERENCES drugs (id),
    ward_id integer NOT NULL REFERENCES wards (id),
    batch text NOT NULL,
    expires_on date NOT NULL,
    quantity integer NOT NULL DEFAULT 0 CHECK (quantity >= 0),
    PRIMARY KEY (drug_id, ward_id, batch)
);

CREATE TABLE lab_tests (
    code text PRIMARY KEY,
    name text NOT NULL,
    unit text,
    normal_low double precision,
    normal_high double precision,
    CHECK (normal_low IS NULL OR normal_high IS NULL OR normal_low <= normal_high)
);

CREATE TABLE lab_orders (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    encounter_id integer NOT NULL REFERENCES encounters (id),
    ordered_by integer NOT NULL REFERENCES staff (id),
    ordered_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    urgent boolean NOT NULL DEFAULT false
);
CREATE INDEX lab_orders_encounter_id_idx ON lab_orders (encounter_id);
CREATE INDEX lab_orders_ordered_by_idx ON lab_orders (ordered_by);

CREATE TABLE lab_results (
    lab_order_id integer NOT NULL REFERENCES lab_orders (id) ON DELETE CASCADE,
    test_code text NOT NULL REFERENCES lab_tests (code),
    value double precision,
    value_text text,
    abnormal boolean,
    raw jsonb,
    reported_at timestamp,
    PRIMARY KEY (lab_order_id, test_code),
    CHECK (value IS NOT NULL OR value_text IS NOT NULL)
);

CREATE TABLE images (
    id uuid PRIMARY KEY,
    encounter_id integer NOT NULL REFERENCES encounters (id),
    modality text NOT NULL,
    content bytea NOT NULL,
    taken_at timestamp NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX images_encounter_id_idx ON images (encounter_id);

CREATE TABLE operations (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    admission_id integer NOT NULL REFERENCES admissions (id),
    room_id integer NOT NULL REFERENCES rooms (id),
    surgeon_id integer NOT NULL REFERENCES staff (id),
    procedure_code text NOT NULL,
    starts_at timestamp NOT NULL,
    ends_at timestamp
);
CREATE INDEX operations_admission_id_idx ON operations (admission_id);
CREATE INDEX operations_room_id_idx ON operations (room_id);
CREATE INDEX operations_surgeon_id_idx ON operations (surgeon_id);

CREATE TABLE services (
    code text PRIMARY KEY,
    description text NOT NULL,
    price numeric(10,2) NOT NULL DEFAULT 0
);

CREATE TABLE invoices (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number text NOT NULL UNIQUE,
    patient_id integer NOT NULL REFERENCES patients (id),
    policy_id integer REFERENCES policies (id),
    issued_on date NOT NULL DEFAULT CURRENT_DATE,
    paid boolean NOT NULL DEFAULT false,
    CONSTRAINT invoices_number_form CHECK (number LIKE 'R%')
);
CREATE INDEX invoices_patient_id_idx ON invoices (patient_id);
CREATE INDEX invoices_policy_id_idx ON invoices (policy_id);

CREATE TABLE invoice_lines (
    invoice_id integer NOT NULL REFERENCES invoices (id) ON DELETE CASCADE,
    line integer NOT NULL,
    service_code text NOT NULL REFERENCES services (code),
    quantity integer NOT NULL DEFAULT 1,
    price numeric(10,2) NOT NULL,
    total numeric(12,2) GENERATED ALWAYS AS (quantity * price) STORED,
    PRIMARY KEY (invoice_id, line)
);
CREATE INDEX invoice_lines_service_code_idx ON invoice_lines (service_code);

CREATE TABLE payments (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    invoice_id integer NOT NULL REFERENCES invoices (id),
    amount numeric(12,2) NOT NULL CHECK (amount <> 0),
    paid_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    reference text
);
CREATE INDEX payments_invoice_id_idx ON payments (invoice_id);

CREATE TABLE access_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id integer NOT NULL,
    patient_id integer,
    action text NOT NULL,
    at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX access_log_patient_idx ON access_log (patient_id, at);
