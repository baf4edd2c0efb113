BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE change (
	spreadsheet VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	entry TEXT NOT NULL, 
	PRIMARY KEY (spreadsheet, "key"), 
	FOREIGN KEY(spreadsheet) REFERENCES spreadsheet (id) ON DELETE CASCADE
);
INSERT INTO "change" VALUES('okr','c7892a1c058c695d','{"item":{"key":"c7892a1c058c695d","text":"Khách hàng hài lòng","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":0},"owner":"An"},"score":{"value":"0.375","raw":"0.375","counted":2,"total":2,"parts":[["1","0.75"],["1","0"]]}}');
INSERT INTO "change" VALUES('okr','f49f67f12d710cd0','{"item":{"key":"f49f67f12d710cd0","text":"NPS từ 30 lên 50","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":2},"objective":"c7892a1c058c695d","start":{"number":"30","text":"30","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":3}},"target":{"number":"50","text":"50","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":4}},"current":{"number":"45","text":"45","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":5}},"weight":"1","score_cells":[{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":6}]},"score":{"value":"0.75","raw":"0.75"}}');
CREATE TABLE closed_result (
	spreadsheet VARCHAR NOT NULL, 
	period VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	results TEXT NOT NULL, 
	PRIMARY KEY (spreadsheet, period)
);
CREATE TABLE closing (
	period VARCHAR NOT NULL, 
	is_closed INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (period)
);
CREATE TABLE contacted (
	spreadsheet VARCHAR NOT NULL, 
	sheet_id INTEGER NOT NULL, 
	score_column VARCHAR NOT NULL, 
	PRIMARY KEY (spreadsheet, sheet_id, score_column)
);
INSERT INTO "contacted" VALUES('okr',0,'điểm');
CREATE TABLE current_value (
	spreadsheet VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	value VARCHAR, 
	at DATETIME, 
	PRIMARY KEY (spreadsheet, "key")
);
INSERT INTO "current_value" VALUES('okr','f49f67f12d710cd0','45','2026-11-21 09:00:00.000000');
INSERT INTO "current_value" VALUES('okr','6ceb2b5268f1bcd1','28',NULL);
INSERT INTO "current_value" VALUES('okr','d4a325f90ed540dd','25',NULL);
CREATE TABLE figure (
	name VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	value FLOAT NOT NULL, 
	PRIMARY KEY (name, label)
);
INSERT INTO "figure" VALUES('version','',2.0);
INSERT INTO "figure" VALUES('passes','ok',2.0);
INSERT INTO "figure" VALUES('pass_seconds','',0.0);
INSERT INTO "figure" VALUES('requests','200',4.0);
INSERT INTO "figure" VALUES('quota_left','read',99999.0);
INSERT INTO "figure" VALUES('quota_left','write',99999.0);
CREATE TABLE journal (
	spreadsheet VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	entry BLOB NOT NULL, 
	PRIMARY KEY (spreadsheet)
);
CREATE TABLE lease (
	spreadsheet VARCHAR NOT NULL, 
	holder VARCHAR NOT NULL, 
	until DATETIME NOT NULL, 
	PRIMARY KEY (spreadsheet)
);
CREATE TABLE look (
	spreadsheet VARCHAR NOT NULL, 
	changed_at DATETIME, 
	since DATETIME, 
	asked_at DATETIME, 
	pressed_at DATETIME, 
	account VARCHAR, 
	PRIMARY KEY (spreadsheet)
);
CREATE TABLE notice (
	room VARCHAR NOT NULL, 
	scope VARCHAR NOT NULL, 
	about VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	due DATETIME NOT NULL, 
	at DATETIME NOT NULL, 
	content VARCHAR NOT NULL, 
	tries INTEGER NOT NULL, 
	unsure INTEGER NOT NULL, 
	next_try DATETIME, 
	subjects JSON NOT NULL, 
	PRIMARY KEY (room, scope, about)
);
CREATE TABLE pass (
	id INTEGER NOT NULL, 
	spreadsheet VARCHAR NOT NULL, 
	started_at DATETIME NOT NULL, 
	finished_at DATETIME NOT NULL, 
	result VARCHAR NOT NULL, 
	reads INTEGER NOT NULL, 
	writes INTEGER NOT NULL, 
	message TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "pass" VALUES(1,'okr','2026-11-21 08:00:00.000000','2026-11-21 08:00:00.000000','ok',1,1,'');
INSERT INTO "pass" VALUES(2,'okr','2026-11-21 09:00:00.000000','2026-11-21 09:00:00.000000','ok',1,1,'');
CREATE TABLE problem (
	spreadsheet VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	severity VARCHAR NOT NULL, 
	cell JSON, 
	facts JSON NOT NULL, 
	PRIMARY KEY (spreadsheet, position), 
	FOREIGN KEY(spreadsheet) REFERENCES spreadsheet (id) ON DELETE CASCADE
);
CREATE TABLE score (
	id INTEGER NOT NULL, 
	spreadsheet VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	value VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "score" VALUES(1,'okr','f49f67f12d710cd0','2026-11-21 08:00:00.000000','0.500000');
INSERT INTO "score" VALUES(2,'okr','6ceb2b5268f1bcd1','2026-11-21 08:00:00.000000','0.000000');
INSERT INTO "score" VALUES(3,'okr','d4a325f90ed540dd','2026-11-21 08:00:00.000000','0.250000');
INSERT INTO "score" VALUES(4,'okr','c7892a1c058c695d','2026-11-21 08:00:00.000000','0.250000');
INSERT INTO "score" VALUES(5,'okr','14aff82dfa7b352e','2026-11-21 08:00:00.000000','0.250000');
INSERT INTO "score" VALUES(6,'okr','c7892a1c058c695d','2026-11-21 09:00:00.000000','0.375000');
INSERT INTO "score" VALUES(7,'okr','f49f67f12d710cd0','2026-11-21 09:00:00.000000','0.750000');
CREATE TABLE spreadsheet (
	id VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	snapshot TEXT NOT NULL, 
	taken_at DATETIME NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	looked_at DATETIME, 
	tabs JSON NOT NULL, 
	digest VARCHAR DEFAULT '' NOT NULL, 
	periods JSON DEFAULT '[]' NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "spreadsheet" VALUES('okr','okr','{"spreadsheet":"okr","title":"okr","url":"http://127.0.0.1:41413/spreadsheets/d/okr/edit","taken_at":"1970-01-01T00:00:00Z","objectives":[{"key":"c7892a1c058c695d","text":"Khách hàng hài lòng","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":0},"owner":"An"},{"key":"14aff82dfa7b352e","text":"Bán hàng tăng","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":3,"column":0},"owner":"Bình"}],"key_results":[{"key":"f49f67f12d710cd0","text":"NPS từ 30 lên 50","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":2},"objective":"c7892a1c058c695d","start":{"number":"30","text":"30","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":3}},"target":{"number":"50","text":"50","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":4}},"current":{"number":"40","text":"40","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":5}},"weight":"1","score_cells":[{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":1,"column":6}]},{"key":"6ceb2b5268f1bcd1","text":"Trả lời trong 20 phút","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":2,"column":2},"objective":"c7892a1c058c695d","metric":"at_most","start":{"cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":2,"column":3}},"target":{"number":"20","text":"≤ 20 phút","unit":"minute","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":2,"column":4},"limit":"≤"},"current":{"number":"28","text":"28 phút","unit":"minute","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":2,"column":5}},"weight":"1","score_cells":[{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":2,"column":6}]},{"key":"d4a325f90ed540dd","text":"Doanh thu lên 100 tỷ","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":3,"column":2},"objective":"14aff82dfa7b352e","start":{"number":"0","text":"0","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":3,"column":3}},"target":{"number":"100","text":"100","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":3,"column":4}},"current":{"number":"25","text":"25","cell":{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":3,"column":5}},"weight":"1","score_cells":[{"spreadsheet":"okr","sheet_id":0,"tab":"OKR Q4","row":3,"column":6}]}],"check_ins":[],"initiatives":[],"cycle":{"reviews":[],"recognitions":[],"feedback":[],"coachings":[],"people":[]},"scores":{"f49f67f12d710cd0":{"value":"0.5","raw":"0.5"},"6ceb2b5268f1bcd1":{"value":"0","raw":"0"},"d4a325f90ed540dd":{"value":"0.25","raw":"0.25"},"c7892a1c058c695d":{"value":"0.25","raw":"0.25","counted":2,"total":2,"parts":[["1","0.5"],["1","0"]]},"14aff82dfa7b352e":{"value":"0.25","raw":"0.25","counted":1,"total":1,"parts":[["1","0.25"]]}},"problems":[],"tabs":[{"sheet_id":0,"title":"OKR Q4","state":"good","seen_at":null,"skipped":[],"refusals":null}]}','2026-11-21 09:00:00.000000','1ea8de8608a26b69::edd2a7ff3449cb56a7393c4fc51878b0','2026-11-21 09:00:00.000000','[[0, "OKR Q4", "OKR Q4", 5, false]]','00952a77333d7d2b0067a1ad8bcca8bd:7ebb3c7c2a87b1a2f8a7ed729ecb040d:025bf6db12464ad7008bdf8a10b3f886','[""]');
CREATE TABLE written (
	spreadsheet VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	value VARCHAR, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (spreadsheet, "key")
);
INSERT INTO "written" VALUES('okr','6ceb2b5268f1bcd1','0.00','2026-11-21 08:00:00.000000');
INSERT INTO "written" VALUES('okr','d4a325f90ed540dd','0.25','2026-11-21 08:00:00.000000');
INSERT INTO "written" VALUES('okr','f49f67f12d710cd0','0.75','2026-11-21 09:00:00.000000');
CREATE INDEX spreadsheet_taken_at ON spreadsheet (id, taken_at);
CREATE INDEX score_by_key ON score ("key", at);
CREATE INDEX score_by_spreadsheet ON score (spreadsheet, "key", id);
CREATE INDEX pass_by_spreadsheet ON pass (spreadsheet, id);
COMMIT;
