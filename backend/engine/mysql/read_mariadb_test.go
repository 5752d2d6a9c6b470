package mysql

import "testing"

func TestForeignKeysWithBackticksAreTakenOutTogether(t *testing.T) {
	const plain = "CREATE TABLE `c` (\n  `a` int(11) DEFAULT NULL,\n  CONSTRAINT `n` FOREIGN KEY (`a`) REFERENCES `p` (`x`) ON DELETE SET NULL\n) ENGINE=InnoDB"
	if rest, odd := withoutOddForeignKeys(plain); odd || rest != plain {
		t.Errorf("a plain foreign key was taken for an odd one: %s", rest)
	}
	const many = "CREATE TABLE `c` (\n  `a``b` int(11) DEFAULT NULL,\n  KEY `n` (`a``b`),\n  CONSTRAINT `m` FOREIGN KEY (`a`) REFERENCES `p` (`x`),\n" +
		"  CONSTRAINT `n` FOREIGN KEY (`a`b`) REFERENCES `p``t` (`x`y`) ON DELETE SET NULL\n) ENGINE=InnoDB"
	const want = "CREATE TABLE `c` (\n  `a``b` int(11) DEFAULT NULL,\n  KEY `n` (`a``b`)\n) ENGINE=InnoDB"
	if rest, odd := withoutOddForeignKeys(many); !odd || rest != want {
		t.Errorf("got %v\n%s", odd, rest)
	}
	const between = "CREATE TABLE `c` (\n  `a` int(11),\n  CONSTRAINT `n`1` FOREIGN KEY (`a`) REFERENCES `p` (`x`),\n  CONSTRAINT `k` CHECK (`a` > 1)\n) ENGINE=InnoDB"
	const left = "CREATE TABLE `c` (\n  `a` int(11),\n  CONSTRAINT `k` CHECK (`a` > 1)\n) ENGINE=InnoDB"
	if rest, odd := withoutOddForeignKeys(between); !odd || rest != left {
		t.Errorf("got %v\n%s", odd, rest)
	}
}
