export namespace api {
	
	export interface BuildInfo {
	    version: string;
	    commit: string;
	    modified: boolean;
	    go: string;
	    platform: string;
	}

}

