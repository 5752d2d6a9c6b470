export namespace api {
	
	export interface Answer {
	    trust: string;
	    values: string[];
	}
	export interface BuildInfo {
	    version: string;
	    commit: string;
	    modified: boolean;
	    go: string;
	    platform: string;
	}
	export interface CompareOptions {
	    include: string[];
	    exclude: string[];
	    ignore: string[];
	    sourceSchemas: string[];
	    targetSchemas: string[];
	    map: string[];
	}
	export interface CompareRequest {
	    runId: string;
	    sourceId: string;
	    targetId: string;
	    options: CompareOptions;
	    sourcePassword: string;
	    targetPassword: string;
	}
	export interface NoteCounts {
	    info: number;
	    lossy: number;
	    blocked: number;
	}
	export interface Rename {
	    text: string;
	    kind: string;
	    schema: string;
	    table: string;
	    name: string;
	    member: string;
	    to: string;
	    confidence: number;
	    answer: string;
	}
	export interface Notice {
	    side: string;
	    kind: string;
	    name: string;
	    reason: string;
	}
	export interface Ignored {
	    what: string;
	    differences: number;
	}
	export interface Counts {
	    create: number;
	    alter: number;
	    drop: number;
	    rename: number;
	    destructive: number;
	    identical: number;
	}
	export interface Database {
	    connectionId: string;
	    name: string;
	    address: string;
	    flavor: string;
	    version: string;
	    database: string;
	    production: boolean;
	    objects: number;
	    tables: number;
	}
	export interface Comparison {
	    id: string;
	    at: string;
	    seconds: number;
	    source: Database;
	    target: Database;
	    equal: boolean;
	    counts: Counts;
	    ignored: Ignored[];
	    notices: Notice[];
	    options: CompareOptions;
	    unmodelled: number;
	    renames: Rename[];
	    translated: boolean;
	    noted: NoteCounts;
	}
	export interface SSH {
	    enabled: boolean;
	    host: string;
	    port: number;
	    user: string;
	    auth: string;
	    keyFile: string;
	    certificate: string;
	    jumps: string;
	    configFile: string;
	    askSecret: boolean;
	    askPassphrase: boolean;
	}
	export interface TLS {
	    mode: string;
	    rootCert: string;
	    cert: string;
	    key: string;
	    serverName: string;
	    askPassphrase: boolean;
	    parameters: Record<string, string>;
	}
	export interface Connection {
	    name: string;
	    engine: string;
	    environment: string;
	    group: string;
	    host: string;
	    port: number;
	    socket: string;
	    database: string;
	    user: string;
	    schemas: string[];
	    file: string;
	    // Go type: TLS
	    tls: any;
	    // Go type: SSH
	    ssh: any;
	    askPassword: boolean;
	    connectTimeout: number;
	    id: string;
	    address: string;
	    savedSecrets: string[];
	    lastUsed: string;
	    sample: boolean;
	}
	export interface SecretChange {
	    action: string;
	    value: string;
	}
	export interface ConnectionDraft {
	    name: string;
	    engine: string;
	    environment: string;
	    group: string;
	    host: string;
	    port: number;
	    socket: string;
	    database: string;
	    user: string;
	    schemas: string[];
	    file: string;
	    // Go type: TLS
	    tls: any;
	    // Go type: SSH
	    ssh: any;
	    askPassword: boolean;
	    connectTimeout: number;
	    id: string;
	    secrets: Record<string, SecretChange>;
	}
	export interface CountRequest {
	    runId: string;
	    planId: string;
	    statement: number;
	    code: string;
	    args: string[];
	}
	
	
	export interface Hazard {
	    code: string;
	    severity: string;
	    args: string[];
	    text: string;
	}
	export interface Field {
	    name: string;
	    source: string;
	    target: string;
	}
	export interface Detail {
	    row: number;
	    kind: string;
	    schema: string;
	    table: string;
	    name: string;
	    state: string;
	    sourceSql: string;
	    targetSql: string;
	    fields: Field[];
	    hazards: Hazard[];
	    unmodelledSource: string[];
	    unmodelledTarget: string[];
	}
	export interface ExecuteRequest {
	    runId: string;
	    planId: string;
	    acknowledged: string[];
	    typedName: string;
	}
	export interface ObjectName {
	    kind: string;
	    schema: string;
	    table: string;
	    name: string;
	}
	export interface Residual {
	    object: ObjectName;
	    action: string;
	    fields: Field[];
	}
	export interface Failure {
	    code: string;
	    message: string;
	    side: string;
	}
	export interface Execution {
	    result: string;
	    complete: boolean;
	    seconds: number;
	    outcomes: string[];
	    millis: number[];
	    failedIndex: number;
	    failure?: Failure;
	    unchanged: boolean;
	    stateFailure?: Failure;
	    residual: Residual[];
	}
	
	
	
	export interface HazardCount {
	    code: string;
	    severity: string;
	    count: number;
	}
	
	export interface Problem {
	    field: string;
	    code: string;
	    args: Record<string, string>;
	}
	export interface Imported {
	    name: string;
	    original: string;
	    problems: Problem[];
	}
	export interface ImportResult {
	    path: string;
	    added: Imported[];
	}
	
	export interface LastChoice {
	    sourceId: string;
	    targetId: string;
	    options: CompareOptions;
	}
	export interface LeftOut {
	    object: ObjectName;
	    because: ObjectName;
	}
	export interface Note {
	    row: number;
	    kind: string;
	    schema: string;
	    table: string;
	    name: string;
	    source: string;
	    code: string;
	    severity: string;
	    args: string[];
	    text: string;
	    alternatives: string[];
	    ruleColumn: string;
	    ruleType: string;
	}
	
	
	
	export interface Risk {
	    id: string;
	    hazard: Hazard;
	    objects: string[];
	    count: number;
	}
	export interface Pulled {
	    object: ObjectName;
	    for: ObjectName;
	    reason: string;
	}
	export interface Plan {
	    id: string;
	    comparisonId: string;
	    statements: number;
	    bytes: number;
	    transactional: boolean;
	    oneTransaction: boolean;
	    complete: boolean;
	    pulled: Pulled[];
	    leftOut: LeftOut[];
	    risks: Risk[];
	    hazards: HazardCount[];
	}
	export interface Preset {
	    name: string;
	    options: CompareOptions;
	}
	
	
	
	
	
	export interface RowCount {
	    object: ObjectName;
	    rows: number;
	    counted: boolean;
	    failure?: Failure;
	}
	export interface RowName {
	    row: number;
	    name: string;
	}
	export interface Rows {
	    kinds: string[];
	    schemas: string[];
	    states: string[];
	    name: string[];
	    kind: number[];
	    schema: number[];
	    state: number[];
	    parent: number[];
	    flags: number[];
	    was: RowName[];
	}
	export interface SampleConnections {
	    sourceId: string;
	    targetId: string;
	}
	export interface Saved {
	    connection?: Connection;
	    problems: Problem[];
	}
	
	export interface SecretStore {
	    kind: string;
	    available: string[];
	    locked: boolean;
	    vaultExists: boolean;
	    problem: string;
	}
	export interface Statement {
	    index: number;
	    sql: string;
	    object: ObjectName;
	    action: string;
	    alone: boolean;
	    reason: string;
	    hazards: Hazard[];
	}
	export interface TestStep {
	    name: string;
	    state: string;
	    detail: Record<string, string>;
	    millis: number;
	    failure?: Failure;
	}
	export interface TestReport {
	    ok: boolean;
	    steps: TestStep[];
	    flavor: string;
	    version: string;
	    latency: number;
	}

}

