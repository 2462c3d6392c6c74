// SPDX-License-Identifier: Apache-2.0
//
// What a user of this module needs from the modules below it, which are no products. The attribute has an underscore, but
// a type alias alone would hide the members from those who compile with `MemberImportVisibility`.

@_exported import struct GeminiService.AnswerOverrides
@_exported import struct GeminiService.FileFate
@_exported import struct GeminiService.InteractionFate
@_exported import struct GeminiService.ScriptedCall
@_exported import enum GeminiService.StreamChunks
@_exported import enum GeminiService.UploadStep
@_exported import struct HTTPWire.ClockState
@_exported import enum HTTPWire.DeliveryEnding
@_exported import struct HTTPWire.FixedWallClock
@_exported import struct HTTPWire.HTTPFields
@_exported import enum HTTPWire.JSON
@_exported import class HTTPWire.MovableWallClock
@_exported import struct HTTPWire.ResponsePlan
@_exported import struct HTTPWire.SystemWallClock
@_exported import protocol HTTPWire.WallClock
@_exported import struct MicroHTTP.ProxyConfiguration
@_exported import struct MicroHTTP.TLSCertificate
@_exported import enum MicroHTTP.TLSName
@_exported import struct ScenarioEngine.ArmedFault
@_exported import struct ScenarioEngine.Comparison
@_exported import struct ScenarioEngine.JSONDifference
@_exported import struct ScenarioEngine.MockFault
@_exported import struct ScenarioEngine.MockFilePattern
@_exported import enum ScenarioEngine.MockFunctionResponse
@_exported import struct ScenarioEngine.MockPattern
@_exported import enum ScenarioEngine.MockPointer
@_exported import struct ScenarioEngine.MockReply
@_exported import struct ScenarioEngine.MockScenario
@_exported import struct ScenarioEngine.MockSettings
@_exported import struct ScenarioEngine.MockStub
@_exported import enum ScenarioEngine.MockText
@_exported import struct ScenarioEngine.MockWire
@_exported import struct ScenarioEngine.NearMiss
@_exported import struct ScenarioEngine.RequestCondition
@_exported import enum ScenarioEngine.ScenarioAudience
@_exported import struct ScenarioEngine.ScenarioListing
@_exported import struct ScenarioEngine.ScenarioProblem
@_exported import struct ScenarioEngine.ScenarioProblems
@_exported import struct ScenarioEngine.ScenarioProgress
@_exported import struct ScenarioEngine.StubIdentity
