// SPDX-License-Identifier: Apache-2.0

/// The version of gemini-mock, as in CHANGELOG.md.
public let geminiMockVersion = "0.1.0"
