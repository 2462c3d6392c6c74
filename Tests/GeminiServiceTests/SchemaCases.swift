// SPDX-License-Identifier: Apache-2.0

/// Schemas that have values, of each kind that clients send.
enum SchemaCases {
    static let openAPI = [
        #"{"type": "STRING"}"#, #"{"type": "INTEGER"}"#, #"{"type": "NUMBER"}"#, #"{"type": "BOOLEAN"}"#,
        #"{"type": "ARRAY", "items": {"type": "STRING"}}"#, #"{"type": "OBJECT"}"#, #"{"type": "NULL"}"#,
        #"{"type": "STRING", "nullable": true}"#, #"{"type": "STRING", "enum": ["red", "green", "blue"]}"#,
        #"{"type": "STRING", "format": "enum", "enum": ["a"]}"#, #"{"type": 1}"#,
        #"{"type": 2, "minimum": 5, "maximum": 6}"#,
        #"{"type": 5, "items": {"type": 3}}"#,
        #"{"type": 6, "properties": {"a": {"type": 4}}, "required": ["a"]}"#,
        #"""
        {"type": "OBJECT", "properties": {"name": {"type": "STRING"},
        "age": {"type": "INTEGER", "format": "int32"},
        "score": {"type": "NUMBER", "format": "float"},
        "tags": {"type": "ARRAY", "items": {"type": "STRING"}}},
        "required": ["name", "age"], "propertyOrdering": ["age", "name"]}
        """#,
        #"{"type": "ARRAY", "items": {"type": "INTEGER"}, "minItems": "3", "maxItems": "5"}"#,
        #"{"type": "ARRAY", "items": {"type": "INTEGER"}, "maxItems": "0"}"#,
        #"{"type": "ARRAY", "items": {"type": "INTEGER"}, "maxItems": 1}"#,
        #"{"type": "STRING", "minLength": "40", "maxLength": "45"}"#,
        #"{"type": "STRING", "maxLength": "3"}"#,
        #"{"type": "OBJECT", "minProperties": "2", "maxProperties": "3"}"#,
        #"{"anyOf": [{"type": "INTEGER"}, {"type": "NULL"}]}"#, #"{"type": "STRING", "example": "so"}"#,
        #"""
        {"type": "OBJECT", "properties": {"a": {"type": "OBJECT", "properties": {"b": {"type": "BOOLEAN"}}}}}
        """#,
    ]

    static let jsonSchema = [
        "{}", "true", #"{"type": "string"}"#, #"{"type": ["string", "null"]}"#,
        #"{"type": ["null", "integer"]}"#,
        #"{"type": "null"}"#, #"{"enum": [1, "a", true, null, {"b": []}]}"#, #"{"enum": [null]}"#,
        #"{"const": 5}"#,
        #"{"const": null}"#, #"{"const": {"a": [1, {"b": null}]}}"#, #"{"minimum": 5}"#,
        #"{"items": {"type": "integer"}}"#,
        #"{"properties": {"a": {"const": 1}}, "required": ["a", "undeclared"]}"#, #"{"minItems": 3}"#,
        #"{"required": ["a", "b", "a"]}"#,
        #"{"type": "object", "properties": {"a": true, "b": {}, "c": false}}"#,
        #"{"type": "object", "additionalProperties": {"type": "integer"}}"#,
        #"{"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 3}"#,
        #"{"type": "object", "additionalProperties": {"type": "integer"}, "required": ["x"]}"#,
        #"{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false}"#,
        #"""
        {"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "required": ["b"], "maxProperties": 2}
        """#,
        #"{"type": "object", "properties": {"key1": {"type": "boolean"}}, "minProperties": 3}"#,
        #"{"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false}"#,
        #"""
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}],
        "items": {"type": "boolean"}, "minItems": 4}
        """#,
        #"{"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "maxItems": 1}"#,
        #"{"type": "array", "items": {"enum": ["a", "b", "c", "d"]}, "uniqueItems": true, "minItems": 4}"#,
        #"""
        {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 3}, "uniqueItems": true,
        "minItems": 3}
        """#,
        #"{"type": "array", "items": {"type": "boolean"}, "uniqueItems": true, "minItems": 2}"#,
        #"{"type": "array", "items": {"type": "string"}, "uniqueItems": true, "minItems": 50}"#,
        #"{"type": "array", "uniqueItems": true, "minItems": 30}"#,
        #"""
        {"type": "array", "uniqueItems": true, "minItems": 6,
        "items": {"type": "object", "required": ["a", "b"],
        "properties": {"a": {"type": "integer", "minimum": 1, "maximum": 3}, "b": {"type": "boolean"}}}}
        """#,
        #"{"type": "array", "items": {"type": "integer"}, "minItems": 500}"#,
        #"""
        {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"a": {"type": "integer"}},
        "required": ["a"]}]}
        """#,
        #"{"anyOf": [{"type": "null"}]}"#, #"{"anyOf": [false, {"type": "integer"}]}"#,
        #"{"oneOf": [{"type": "integer"}, {"type": "string"}]}"#,
        #"""
        {"type": "object", "properties": {"a": {"type": "string"}}, "anyOf": [{"required": ["a"]},
        {"required": ["b"]}]}
        """#,
        #"{"anyOf": [{"anyOf": [{"anyOf": [{"type": "boolean"}]}]}]}"#,
        #"""
        {"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}, {"required": ["a", "b"],
        "properties": {"b": {"type": "string"}}}]}
        """#,
        #"{"allOf": [{"type": "integer", "minimum": 5}, {"minimum": 9, "maximum": 20}, {"maximum": 10}]}"#,
        #"{"allOf": [{"enum": ["a", "b", "c"]}, {"enum": ["c", "d"]}]}"#,
        #"{"allOf": [{"type": "string", "minLength": 5}, {"maxLength": 9}, {"minLength": 8}]}"#,
        ##"{"$defs": {"A": {"type": "integer", "minimum": 7}}, "$ref": "#/$defs/A"}"##,
        ##"""
        {"$defs": {"A/B": {"const": 1}, "C~D": {"const": 2}, "E F": {"const": 3}}, "type": "array",
        "prefixItems": [{"$ref": "#/$defs/A~1B"}, {"$ref": "#/$defs/C~0D"}, {"$ref": "#/$defs/E%20F"}]}
        """##,
        ##"""
        {"definitions": {"A": {"type": "string", "maxLength": 4}}, "type": "array",
        "items": {"$ref": "#/definitions/A"}}
        """##,
        ##"{"type": "array", "prefixItems": [{"type": "integer"}, {"$ref": "#/prefixItems/0"}]}"##,
        ##"""
        {"$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"type": "boolean"}}, "allOf": [{"$ref": "#/$defs/A"}]}
        """##,
        // Recursive, with a way out.
        ##"""
        {"type": "object", "properties": {"value": {"type": "integer"}, "next": {"$ref": "#"}},
        "required": ["value"]}
        """##,
        ##"""
        {"type": "object", "properties": {"children": {"type": "array", "items": {"$ref": "#"}}},
        "required": ["children"]}
        """##,
        ##"""
        {"type": "object", "properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
        "required": ["next"]}
        """##,
        #"""
        {"$defs": {"Node": {"type": "object", "nullable": true,
        "properties": {"left": {"$ref": "#/$defs/Node"},
        "right": {"$ref": "#/$defs/Node"}}, "required": ["left", "right"]}}, "$ref": "#/$defs/Node"}
        """#,
        ##"""
        {"type": ["object", "null"], "properties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}}, "required": ["a",
        "b"]}
        """##,
    ]

    static let numbers = [
        #"{"type": "integer", "minimum": -20, "maximum": -10}"#, #"{"type": "integer", "maximum": -5}"#,
        #"{"type": "integer", "minimum": 1000000}"#, #"{"type": "integer", "minimum": 3, "maximum": 3}"#,
        #"{"type": "integer", "exclusiveMinimum": 0.5, "maximum": 1}"#,
        #"{"type": "integer", "minimum": 1, "exclusiveMaximum": 2}"#,
        #"{"type": "integer", "minimum": 0.2, "maximum": 1.8}"#, #"{"type": "integer", "multipleOf": 7}"#,
        #"{"type": "integer", "multipleOf": 1000, "maximum": 500}"#,
        #"{"type": "integer", "multipleOf": 2.5}"#,
        #"{"type": "integer", "multipleOf": 0.5, "minimum": 3, "maximum": 4}"#,
        #"{"type": "integer", "multipleOf": 5, "exclusiveMinimum": 10, "exclusiveMaximum": 20}"#,
        #"{"type": "integer", "minimum": -9223372036854775808, "maximum": 9223372036854775807}"#,
        #"{"type": "integer", "minimum": 9007199254740991, "maximum": 9007199254740992}"#,
        #"""
        {"type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 3, "exclusiveMaximum": true}
        """#,
        #"{"type": "number", "minimum": 0.001, "maximum": 0.002}"#,
        #"{"type": "number", "minimum": -1, "maximum": 1}"#,
        #"{"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.005}"#,
        #"{"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1e-300}"#,
        #"""
        {"type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 0.01, "exclusiveMaximum": true}
        """#,
        #"{"type": "number", "minimum": -1.7e308, "maximum": 1.7e308}"#,
        #"{"type": "number", "maximum": -1e300}"#,
        #"{"type": "number", "minimum": "0.25", "maximum": "0.5"}"#,
        #"{"type": "number", "minimum": 0.1234, "maximum": 0.1234}"#,
        #"{"type": "number", "multipleOf": 0.1}"#,
        #"{"type": "number", "multipleOf": 0.25, "minimum": 1.1, "maximum": 1.3}"#,
        #"{"type": "number", "multipleOf": 0.01, "minimum": -0.05, "exclusiveMaximum": -0.03}"#,
        #"{"type": "number", "multipleOf": 3, "minimum": 100}"#,
        #"{"type": "number", "minimum": "nan", "maximum": 5}"#,
        #"{"type": "number", "exclusiveMinimum": 99.999, "maximum": 100}"#,
    ]

    static let formats = [
        "date-time", "date", "time", "duration", "email", "uri", "hostname", "ipv4", "ipv6", "uuid", "byte",
        "int64", "unknown",
    ].map { #"{"type": "string", "format": "\#($0)"}"# }

    static let all = openAPI + jsonSchema + numbers + formats
}
