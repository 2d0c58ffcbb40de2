export declare const groups: readonly string[];
export declare function membersOf(group: string): readonly string[];
export declare function alone(): readonly string[];
