// SPDX-License-Identifier: Apache-2.0
// Made by Tests/Setup/make-core-schema; not to be edited.

extension MessageSchema {
    /// The messages of the API but for interactions, and their enums (CORE 8), to be read by `MessageSchema`.
    static let coreText: StaticString = """
        GenerateContentRequest: model string, systemInstruction Content, contents *Content, tools *Tool,
          toolConfig ToolConfig, safetySettings *SafetySetting, generationConfig GenerationConfig,
          cachedContent string, serviceTier !ServiceTier, store bool, labels {string},
          continuationToken bytes
        CountTokensRequest: model string, contents *Content, generateContentRequest GenerateContentRequest
        EmbedContentRequest: model string, content Content, taskType !TaskType, title string,
          outputDimensionality int32
        BatchEmbedContentsRequest: model string, requests *EmbedContentRequest
        CreateFileRequest: file File
        ListFilesRequest: pageSize int32, pageToken string
        GetFileRequest: name string
        DeleteFileRequest: name string
        DownloadFileRequest: name string
        ListModelsRequest: pageSize int32, pageToken string
        GetModelRequest: name string
        GenerateContentResponse: candidates *Candidate,
          promptFeedback GenerateContentResponse.PromptFeedback,
          usageMetadata GenerateContentResponse.UsageMetadata, modelVersion string, responseId string,
          createTime timestamp, modelStatus ModelStatus
        CountTokensResponse: totalTokens int32, cachedContentTokenCount int32,
          promptTokensDetails *ModalityTokenCount, cacheTokensDetails *ModalityTokenCount
        EmbedContentResponse: embedding ContentEmbedding, embeddings *ContentEmbedding, metadata value,
          truncated bool, usageMetadata value
        BatchEmbedContentsResponse: embeddings *ContentEmbedding,
          usageMetadata GenerateContentResponse.UsageMetadata
        ListFilesResponse: files *File, nextPageToken string, data *value, nextPage string
        CreateFileResponse: file File
        ListModelsResponse: models *Model, nextPageToken string
        Content: parts *Part, role string
        Tool: functionDeclarations *FunctionDeclaration, googleSearchRetrieval GoogleSearchRetrieval,
          codeExecution CodeExecution, googleSearch Tool.GoogleSearch, computerUse Tool.ComputerUse,
          urlContext UrlContext, fileSearch FileSearch, googleMaps GoogleMaps, mcpServers *McpServer
        ToolConfig: functionCallingConfig FunctionCallingConfig, retrievalConfig RetrievalConfig,
          includeServerSideToolInvocations bool
        SafetySetting: category !HarmCategory, threshold !SafetySetting.HarmBlockThreshold
        GenerationConfig: candidateCount int32, stopSequences *string, maxOutputTokens int32,
          temperature float, topP float, topK int32, seed int32, responseMimeType string,
          responseSchema Schema, responseJsonSchema/response_json_schema_ordered value,
          presencePenalty float, frequencyPenalty float, responseLogprobs bool, logprobs int32,
          enableEnhancedCivicAnswers bool, responseModalities *!GenerationConfig.Modality,
          speechConfig SpeechConfig, thinkingConfig ThinkingConfig, imageConfig ImageConfig,
          mediaResolution !GenerationConfig.MediaResolution, enableAffectiveDialog bool,
          responseFormat *value, translationConfig value, audioTranscriptionConfig AudioTranscriptionConfig,
          _responseJsonSchema/response_json_schema value
        File: videoMetadata VideoFileMetadata|metadata, name string, displayName string, mimeType string,
          sizeBytes int64, createTime timestamp, updateTime timestamp, expirationTime timestamp,
          sha256Hash bytes, uri string, downloadUri string, state !File.State, source !File.Source,
          error google.rpc.Status
        Candidate: index int32, content Content, finishReason !Candidate.FinishReason, finishMessage string,
          safetyRatings *SafetyRating, citationMetadata CitationMetadata, tokenCount int32,
          groundingAttributions *GroundingAttribution, groundingMetadata GroundingMetadata,
          avgLogprobs double, logprobsResult LogprobsResult, urlContextMetadata UrlContextMetadata,
          continuationToken bytes
        GenerateContentResponse.PromptFeedback:
          blockReason !GenerateContentResponse.PromptFeedback.BlockReason, safetyRatings *SafetyRating,
          blockReasonMessage string
        GenerateContentResponse.UsageMetadata: promptTokenCount int32, cachedContentTokenCount int32,
          candidatesTokenCount int32, toolUsePromptTokenCount int32, thoughtsTokenCount int32,
          totalTokenCount int32, promptTokensDetails *ModalityTokenCount,
          cacheTokensDetails *ModalityTokenCount, candidatesTokensDetails *ModalityTokenCount,
          toolUsePromptTokensDetails *ModalityTokenCount, trafficType !TrafficType, serviceTier string
        ModelStatus: message string, modelStage !ModelStage, retirementTime timestamp
        ModalityTokenCount: modality !Modality, tokenCount int32
        ContentEmbedding: values *float, statistics value
        Model: name string, baseModelId string, version string, displayName string, description string,
          inputTokenLimit int32, outputTokenLimit int32, supportedGenerationMethods *string,
          temperature float, maxTemperature float, topP float, topK int32, thinking bool
        Part: text string|data, inlineData Blob|data, functionCall FunctionCall|data,
          functionResponse FunctionResponse|data, fileData FileData|data,
          executableCode ExecutableCode|data, codeExecutionResult CodeExecutionResult|data,
          videoMetadata VideoMetadata|metadata, thought bool, thoughtSignature bytes, partMetadata struct,
          mediaResolution PartMediaResolution, toolCall ToolCall|data, toolResponse ToolResponse|data,
          audioTranscription Transcription, mediaProcessing value, speechMetadata value,
          documentMetadata value, spreadsheetMetadata value, audioMetadata value
        FunctionDeclaration: name string, description string, parameters Schema, parametersJsonSchema value,
          response Schema, responseJsonSchema value, behavior !FunctionDeclaration.Behavior
        GoogleSearchRetrieval: dynamicRetrievalConfig DynamicRetrievalConfig
        CodeExecution:
        Tool.GoogleSearch: searchTypes value, timeRangeFilter google.type.Interval
        Tool.ComputerUse: environment !Tool.ComputerUse.Environment, excludedPredefinedFunctions *string,
          enablePromptInjectionDetection bool, disabledSafetyPolicies *value
        UrlContext:
        FileSearch: retrievalResources *FileSearch.RetrievalResource,
          retrievalConfig FileSearch.RetrievalConfig, fileSearchStoreNames *string, topK int32,
          metadataFilter string
        GoogleMaps: enableWidget bool, authConfig value
        McpServer: name string, streamableHttpTransport StreamableHttpTransport
        FunctionCallingConfig: mode !FunctionCallingConfig.Mode, allowedFunctionNames *string
        RetrievalConfig: latLng google.type.LatLng, languageCode string
        Schema: type !Type, format string, title string, description string, nullable bool, enum *string,
          items Schema, maxItems int64, minItems int64, properties {Schema}, required *string,
          minProperties int64, maxProperties int64, minimum double, maximum double, minLength int64,
          maxLength int64, pattern string, example value, anyOf *Schema, propertyOrdering *string,
          default value, additionalProperties value, defs {Schema}, ref string
        SpeechConfig: voiceConfig VoiceConfig, multiSpeakerVoiceConfig MultiSpeakerVoiceConfig,
          languageCode string
        ThinkingConfig: includeThoughts bool, thinkingBudget int32,
          thinkingLevel !ThinkingConfig.ThinkingLevel
        ImageConfig: aspectRatio string, imageSize string
        AudioTranscriptionConfig: languageCodes *string, languageAuto value, languageHints value,
          customVocabulary *string, adaptationPhrases *string, wordTimestamp bool, diarization bool,
          mode value, sourceText string
        VideoFileMetadata: videoDuration duration
        google.rpc.Status: code int32, message string, details *value
        SafetyRating: category !HarmCategory, probability !SafetyRating.HarmProbability, blocked bool,
          overwrittenThreshold value, probabilityScore float, severity value, severityScore float
        CitationMetadata: citationSources *CitationSource, citations *value
        GroundingAttribution: sourceId AttributionSourceId, content Content
        GroundingMetadata: searchEntryPoint SearchEntryPoint, groundingChunks *GroundingChunk,
          groundingSupports *GroundingSupport, retrievalMetadata RetrievalMetadata,
          webSearchQueries *string, googleMapsWidgetContextToken string, imageSearchQueries *string,
          retrievalQueries *string, sourceFlaggingUris *value
        LogprobsResult: logProbabilitySum float, topCandidates *LogprobsResult.TopCandidates,
          chosenCandidates *LogprobsResult.Candidate
        UrlContextMetadata: urlMetadata *UrlMetadata
        Blob: mimeType string, data bytes, displayName string
        FunctionCall: id string, name string, args struct
        FunctionResponse: id string, name string, response struct, parts *FunctionResponsePart,
          willContinue bool, scheduling !FunctionResponse.Scheduling
        FileData: mimeType string, fileUri string, displayName string
        ExecutableCode: language !ExecutableCode.Language, code string, id string
        CodeExecutionResult: outcome !CodeExecutionResult.Outcome, output string, id string
        VideoMetadata: startOffset duration, endOffset duration, fps double, contentLayers *value
        PartMediaResolution: level !PartMediaResolutionLevel, numTokens int32
        ToolCall: id string, toolType !ToolType, args {value}
        ToolResponse: id string, toolType !ToolType, response {value}
        Transcription: text string, finished bool, languageCode string, speakerLabel string, words *value,
          startOffset string, endOffset string
        DynamicRetrievalConfig: mode !DynamicRetrievalConfig.Mode, dynamicThreshold float
        google.type.Interval: startTime timestamp, endTime timestamp
        FileSearch.RetrievalResource: ragStoreName string
        FileSearch.RetrievalConfig: topK int32, metadataFilter string
        StreamableHttpTransport: headers {string}, sseReadTimeout string, terminateOnClose bool,
          timeout string, url string
        google.type.LatLng: latitude double, longitude double
        VoiceConfig: prebuiltVoiceConfig PrebuiltVoiceConfig|voice_config, replicatedVoiceConfig value,
          voice string
        MultiSpeakerVoiceConfig: speakerVoiceConfigs *SpeakerVoiceConfig
        CitationSource: startIndex int32, endIndex int32, uri string, license string
        AttributionSourceId: groundingPassage AttributionSourceId.GroundingPassageId|source,
          semanticRetrieverChunk AttributionSourceId.SemanticRetrieverChunk|source
        SearchEntryPoint: renderedContent string, sdkBlob bytes
        GroundingChunk: web GroundingChunk.Web|chunk_type,
          retrievedContext GroundingChunk.RetrievedContext|chunk_type, maps GroundingChunk.Maps|chunk_type,
          image value
        GroundingSupport: segment Segment, groundingChunkIndices *int32, confidenceScores *float
        RetrievalMetadata: googleSearchDynamicRetrievalScore float
        LogprobsResult.TopCandidates: candidates *LogprobsResult.Candidate
        LogprobsResult.Candidate: token string, tokenId int32, logProbability float
        UrlMetadata: retrievedUrl string, urlRetrievalStatus !UrlMetadata.UrlRetrievalStatus
        FunctionResponsePart: inlineData FunctionResponseBlob|data, fileData value, mediaProcessing value,
          mediaResolution PartMediaResolution, videoMetadata VideoMetadata, documentMetadata value,
          spreadsheetMetadata value, audioMetadata value
        PrebuiltVoiceConfig: voiceName string
        SpeakerVoiceConfig: speaker string, voiceConfig VoiceConfig
        AttributionSourceId.GroundingPassageId: passageId string, partIndex int32
        AttributionSourceId.SemanticRetrieverChunk: source string, chunk string
        GroundingChunk.Web: uri string, title string
        GroundingChunk.RetrievedContext: uri string, title string, text string
        GroundingChunk.Maps: uri string, title string, text string, placeId string,
          placeAnswerSources GroundingChunk.Maps.PlaceAnswerSources
        Segment: partIndex int32, startIndex int32, endIndex int32, text string
        FunctionResponseBlob: mimeType string, data bytes, displayName string
        GroundingChunk.Maps.PlaceAnswerSources:
          reviewSnippets *GroundingChunk.Maps.PlaceAnswerSources.ReviewSnippet
        GroundingChunk.Maps.PlaceAnswerSources.ReviewSnippet: reviewId string, googleMapsUri string,
          title string
        Candidate.FinishReason = FINISH_REASON_UNSPECIFIED STOP MAX_TOKENS SAFETY RECITATION OTHER LANGUAGE
          BLOCKLIST PROHIBITED_CONTENT SPII MALFORMED_FUNCTION_CALL IMAGE_SAFETY UNEXPECTED_TOOL_CALL
          TOO_MANY_TOOL_CALLS IMAGE_PROHIBITED_CONTENT IMAGE_OTHER NO_IMAGE IMAGE_RECITATION
          MISSING_THOUGHT_SIGNATURE~ MALFORMED_RESPONSE~ ESCALATION~ PUP_LIMITED_DISABLED~ CONTINUATION~
          MODEL_ARMOR~
        CodeExecutionResult.Outcome = OUTCOME_UNSPECIFIED OUTCOME_OK OUTCOME_FAILED
          OUTCOME_DEADLINE_EXCEEDED
        DynamicRetrievalConfig.Mode = MODE_UNSPECIFIED MODE_DYNAMIC
        ExecutableCode.Language = LANGUAGE_UNSPECIFIED PYTHON
        File.Source = SOURCE_UNSPECIFIED UPLOADED GENERATED REGISTERED
        File.State = STATE_UNSPECIFIED PROCESSING ACTIVE FAILED=10
        FunctionCallingConfig.Mode = MODE_UNSPECIFIED AUTO ANY NONE VALIDATED
        FunctionDeclaration.Behavior = UNSPECIFIED BLOCKING NON_BLOCKING
        FunctionResponse.Scheduling = SCHEDULING_UNSPECIFIED SILENT WHEN_IDLE INTERRUPT
        GenerateContentResponse.PromptFeedback.BlockReason = BLOCK_REASON_UNSPECIFIED SAFETY OTHER BLOCKLIST
          PROHIBITED_CONTENT IMAGE_SAFETY BLOCKED_REASON_UNSPECIFIED~ MODEL_ARMOR~ JAILBREAK~
        GenerationConfig.MediaResolution = MEDIA_RESOLUTION_UNSPECIFIED MEDIA_RESOLUTION_LOW
          MEDIA_RESOLUTION_MEDIUM MEDIA_RESOLUTION_HIGH
        GenerationConfig.Modality = MODALITY_UNSPECIFIED TEXT IMAGE AUDIO VIDEO~
        HarmCategory = HARM_CATEGORY_UNSPECIFIED HARM_CATEGORY_DEROGATORY HARM_CATEGORY_TOXICITY
          HARM_CATEGORY_VIOLENCE HARM_CATEGORY_SEXUAL HARM_CATEGORY_MEDICAL HARM_CATEGORY_DANGEROUS
          HARM_CATEGORY_HARASSMENT HARM_CATEGORY_HATE_SPEECH HARM_CATEGORY_SEXUALLY_EXPLICIT
          HARM_CATEGORY_DANGEROUS_CONTENT HARM_CATEGORY_CIVIC_INTEGRITY HARM_CATEGORY_JAILBREAK~
          HARM_CATEGORY_IMAGE_HATE~ HARM_CATEGORY_IMAGE_DANGEROUS_CONTENT~ HARM_CATEGORY_IMAGE_HARASSMENT~
          HARM_CATEGORY_IMAGE_SEXUALLY_EXPLICIT~
        Modality = MODALITY_UNSPECIFIED TEXT IMAGE VIDEO AUDIO DOCUMENT
        ModelStage = MODEL_STAGE_UNSPECIFIED~ UNSTABLE_EXPERIMENTAL~ EXPERIMENTAL~ PREVIEW~ STABLE~ LEGACY~
          DEPRECATED~ RETIRED~
        PartMediaResolutionLevel = MEDIA_RESOLUTION_UNSPECIFIED~ MEDIA_RESOLUTION_LOW~
          MEDIA_RESOLUTION_MEDIUM~ MEDIA_RESOLUTION_HIGH~ MEDIA_RESOLUTION_ULTRA_HIGH~
        SafetyRating.HarmProbability = HARM_PROBABILITY_UNSPECIFIED NEGLIGIBLE LOW MEDIUM HIGH
        SafetySetting.HarmBlockThreshold = HARM_BLOCK_THRESHOLD_UNSPECIFIED BLOCK_LOW_AND_ABOVE
          BLOCK_MEDIUM_AND_ABOVE BLOCK_ONLY_HIGH BLOCK_NONE OFF
        ServiceTier = unspecified~ flex~ standard~ priority~
        TaskType = TASK_TYPE_UNSPECIFIED RETRIEVAL_QUERY RETRIEVAL_DOCUMENT SEMANTIC_SIMILARITY
          CLASSIFICATION CLUSTERING QUESTION_ANSWERING FACT_VERIFICATION CODE_RETRIEVAL_QUERY
        ThinkingConfig.ThinkingLevel = THINKING_LEVEL_UNSPECIFIED~ MINIMAL~ LOW~ MEDIUM~ HIGH~ XHIGH~
        Tool.ComputerUse.Environment = ENVIRONMENT_UNSPECIFIED ENVIRONMENT_BROWSER ENVIRONMENT_MOBILE~
          ENVIRONMENT_DESKTOP~
        ToolType = TOOL_TYPE_UNSPECIFIED~ GOOGLE_SEARCH_WEB~ GOOGLE_SEARCH_IMAGE~ URL_CONTEXT~ GOOGLE_MAPS~
          FILE_SEARCH~ MEDIA_PROCESSING~
        TrafficType = TRAFFIC_TYPE_UNSPECIFIED~ ON_DEMAND~ ON_DEMAND_PRIORITY~ ON_DEMAND_FLEX~
          ON_DEMAND_OFFPEAK~ PROVISIONED_THROUGHPUT~
        Type = TYPE_UNSPECIFIED STRING NUMBER INTEGER BOOLEAN ARRAY OBJECT NULL
        UrlMetadata.UrlRetrievalStatus = URL_RETRIEVAL_STATUS_UNSPECIFIED URL_RETRIEVAL_STATUS_SUCCESS
          URL_RETRIEVAL_STATUS_ERROR URL_RETRIEVAL_STATUS_PAYWALL URL_RETRIEVAL_STATUS_UNSAFE
        """
}
