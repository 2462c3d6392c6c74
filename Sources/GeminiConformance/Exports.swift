// SPDX-License-Identifier: Apache-2.0
//
// One import is enough for a test.

@_exported import Conformance
