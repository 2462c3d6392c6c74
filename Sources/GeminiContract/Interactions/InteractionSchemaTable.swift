// SPDX-License-Identifier: Apache-2.0

/// The messages that a request of the Interactions API is made of, as a table: facts taken from the types of google-genai
/// 3.4.0 by `Tests/Setup/make-interaction-schema`, with what recorded refusals list beside them (INTERACTIONS 2 and 6).
///
/// `@name` begins a list of words, `%Name` a union by the member `type`, anything else a message with its members; a line
/// that begins with blanks goes on with the one before. `[T]` is a list, `T|U` either. What begins with `~` is accepted
/// but isn't told in refusals: types that clients guess from file names, tools of other editions of the API, and the few
/// names that google-genai 2.0.0 sends in camelCase.
enum InteractionSchemaTable {
    static let text = """
        @AudioContent.mime_type audio/wav audio/mp3 audio/aiff audio/aac audio/ogg audio/flac audio/mpeg
          audio/m4a audio/l16 audio/opus audio/alaw audio/mulaw audio/webm ~audio/x-wav ~audio/wave
          ~audio/vnd.wave ~audio/x-aiff ~audio/mp4 ~audio/x-m4a ~audio/x-flac ~audio/x-aac ~audio/pcm
        @AudioContent.processing static
        @AudioResponseFormat.delivery inline uri
        @AudioResponseFormat.mime_type audio/mp3 audio/ogg_opus audio/l16 audio/wav audio/alaw
          audio/mulaw
        @CodeExecutionCallArguments.language python bash
        @ComputerUse.disabled_safety_policies financial_transactions sensitive_data_modification
          communication_tool account_creation data_modification user_consent_management
          legal_terms_and_agreements
        @ComputerUse.environment browser mobile desktop
        @CreateModelInteraction.response_modalities text image audio video document
        @CreateModelInteraction.service_tier flex standard priority deferred
        @DeepResearchAgentConfig.visualization off auto
        @DocumentContent.mime_type application/pdf text/csv
          application/vnd.openxmlformats-officedocument.presentationml.presentation
          application/vnd.ms-powerpoint application/vnd.oasis.opendocument.presentation
          application/vnd.openxmlformats-officedocument.wordprocessingml.document application/msword
          application/vnd.openxmlformats-officedocument.wordprocessingml.template
          application/vnd.oasis.opendocument.text
          application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/vnd.ms-excel
          application/vnd.oasis.opendocument.spreadsheet ~text/plain ~text/html ~text/markdown ~text/xml
          ~text/css ~text/javascript ~text/x-python ~text/rtf ~application/json ~application/rtf
        @FindRequest.mode scan verify
        @GenerationConfig.thinking_level minimal low medium high xhigh
        @GenerationConfig.thinking_summaries auto none
        @GenerationConfig.tool_choice auto any none validated
        @GoogleSearchCallStep.search_type web_search image_search enterprise_web_search
        @ImageConfig.aspect_ratio 1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9 1:8 8:1 1:4 4:1
        @ImageConfig.image_size 512 1K 2K 4K
        @ImageContent.mime_type image/png image/jpeg image/webp image/heic image/heif image/gif
          image/bmp image/tiff ~image/jpg
        @ImageContent.resolution low medium high ultra_high
        @ImageResponseFormat.mime_type image/jpeg
        @PageProcessingOptions.content_layers page_image page_text
        @RetrievalCallStep.retrieval_type vertex_ai_search rag_store exa_ai_search parallel_ai_search
        @SafetySetting.method severity probability
        @SafetySetting.threshold block_low_and_above block_medium_and_above block_only_high block_none
          off
        @SafetySetting.type hate_speech dangerous_content harassment sexually_explicit civic_integrity
          image_hate image_dangerous_content image_harassment image_sexually_explicit jailbreak
        @SpreadsheetProcessingOptions.content_layers visual data formulas
        @StaticMediaProcessing.content_layers frames audio transcript
        @TextResponseFormat.mime_type application/json text/plain
        @ToolSearch.execution server client
        @TranscriptionConfig.mode verbatim smart
        @URLContextResult.status success error paywall unsafe
        @VideoConfig.task text_to_video image_to_video reference_to_video edit extend upscale
        @VideoContent.mime_type video/mp4 video/mpeg video/mpg video/mov video/avi video/x-flv
          video/webm video/wmv video/3gpp ~video/quicktime ~video/x-msvideo ~video/mpegps ~video/mpg4
          ~video/x-ms-wmv
        @VideoContent.processing static agentic
        @VideoResponseFormat.aspect_ratio 16:9 9:16
        @VideoResponseFormat.resolution 360p 720p 1080p 4k
        %AgentConfig dynamic=DynamicAgentConfig deep-research=DeepResearchAgentConfig
          antigravity=AntigravityAgentConfig code-mender=CodeMenderAgentConfig
        %Annotation file_citation=FileCitation place_citation=PlaceCitation
          speech_metadata=SpeechAnnotation url_citation=URLCitation word_info=WordInfo
        %Content text=TextContent image=ImageContent audio=AudioContent document=DocumentContent
          video=VideoContent
        %Step code_execution_call=CodeExecutionCallStep code_execution_result=CodeExecutionResultStep
          file_search_call=FileSearchCallStep file_search_result=FileSearchResultStep
          function_call=FunctionCallStep function_result=FunctionResultStep
          google_maps_call=GoogleMapsCallStep google_maps_result=GoogleMapsResultStep
          google_search_call=GoogleSearchCallStep google_search_result=GoogleSearchResultStep
          mcp_server_tool_call=MCPServerToolCallStep mcp_server_tool_result=MCPServerToolResultStep
          model_output=ModelOutputStep processing_call=ProcessingCallStep
          processing_result=ProcessingResultStep retrieval_call=RetrievalCallStep
          retrieval_result=RetrievalResultStep thought=ThoughtStep tool_search_call=ToolSearchCallStep
          tool_search_result=ToolSearchResultStep url_context_call=URLContextCallStep
          url_context_result=URLContextResultStep user_input=UserInputStep
        %ThoughtSummaryContent image=ImageContent text=TextContent
        %Tool function=Function code_execution=CodeExecution mcp_server=MCPServer filesystem=AnyTool
          google_maps=GoogleMaps google_search=GoogleSearch bash=AnyTool computer_use=ComputerUse
          file_search=FileSearch url_context=URLContext ~retrieval=Retrieval ~tool_search=ToolSearch
        %TranscriptionMode smart=SmartTranscriptionMode verbatim=VerbatimTranscriptionMode
        AllowedTools mode:@GenerationConfig.tool_choice tools:[string]
        AntigravityAgentConfig max_total_tokens:number model:string type:string
        AudioContent channels:number data:string mime_type:@AudioContent.mime_type
          processing:@AudioContent.processing|AudioStaticMediaProcessing sample_rate:number type:string
          uri:string
        AudioResponseFormat bit_rate:number delivery:@AudioResponseFormat.delivery
          mime_type:@AudioResponseFormat.mime_type sample_rate:number type:string ~bitRate:number
          ~mimeType:@AudioResponseFormat.mime_type ~sampleRate:number
        AudioStaticMediaProcessing end_offset:string start_offset:string type:string
        CodeExecution type:string
        CodeExecutionCallArguments code:string language:@CodeExecutionCallArguments.language
        CodeExecutionCallStep arguments:CodeExecutionCallArguments id:string signature:string
          type:string
        CodeExecutionResultStep call_id:string result:any is_error:bool signature:string type:string
        CodeMenderAgentConfig find_request:FindRequest fix_request:FixRequest model:string
          session_config:SessionConfig session_id:string type:string
        ComputerUse disabled_safety_policies:[@ComputerUse.disabled_safety_policies]
          enable_prompt_injection_detection:bool environment:@ComputerUse.environment
          excluded_predefined_functions:[string] type:string ~excludedPredefinedFunctions:[string]
        CreateAgentInteraction agent:string agent_config:%AgentConfig background:bool
          continuation_token:string environment:string|map input:input labels:map
          previous_interaction_id:string response_format:format response_mime_type:string
          response_modalities:[@CreateModelInteraction.response_modalities]
          safety_settings:[SafetySetting] service_tier:@CreateModelInteraction.service_tier store:bool
          stream:bool system_instruction:string tools:[%Tool] webhook_config:WebhookConfig
        CreateModelInteraction model:string background:bool cached_content:string
          continuation_token:string environment:string|map generation_config:GenerationConfig
          input:input labels:map previous_interaction_id:string response_format:format
          response_mime_type:string response_modalities:[@CreateModelInteraction.response_modalities]
          safety_settings:[SafetySetting] service_tier:@CreateModelInteraction.service_tier store:bool
          stream:bool system_instruction:string tools:[%Tool] webhook_config:WebhookConfig
        DeepResearchAgentConfig collaborative_planning:bool enable_bigquery_tool:bool
          thinking_summaries:@GenerationConfig.thinking_summaries type:string
          visualization:@DeepResearchAgentConfig.visualization
        DocumentContent data:string mime_type:@DocumentContent.mime_type
          processing:@AudioContent.processing|DocumentStaticMediaProcessing
          resolution:@ImageContent.resolution type:string uri:string
        DocumentStaticMediaProcessing page_options:PageProcessingOptions
          spreadsheet_options:SpreadsheetProcessingOptions type:string
        DynamicAgentConfig type:string
        ExaAISearchConfig api_key:string custom_config:map
        FileCitation custom_metadata:map document_uri:string end_index:number file_name:string
          media_id:string page_number:number source:string start_index:number type:string
        FileContent content:string path:string
        FileSearch file_search_store_names:[string] metadata_filter:string top_k:number type:string
        FileSearchCallStep id:string signature:string type:string
        FileSearchResultStep call_id:string signature:string type:string
        Filter metadata_filter:string vector_distance_threshold:number
          vector_similarity_threshold:number
        FindRequest description:string finding_id:string mode:@FindRequest.mode
          source_files:[FileContent]
        FixRequest description:string finding_id:string source_files:[FileContent]
        Function defer_loading:bool description:string name:string parameters:any
          short_description:string type:string
        FunctionCallStep arguments:map id:string name:string type:string
        FunctionResultStep call_id:string result:any is_error:bool name:string type:string
        GenerationConfig image_config:ImageConfig max_output_tokens:number seed:number
          speech_config:SpeakerConfig|[SpeechConfig] stop_sequences:[string] temperature:number
          thinking_level:@GenerationConfig.thinking_level
          thinking_summaries:@GenerationConfig.thinking_summaries
          tool_choice:@GenerationConfig.tool_choice|ToolChoiceConfig top_p:number
          transcription_config:TranscriptionConfig video_config:VideoConfig top_k:number
        GoogleMaps enable_widget:bool latitude:number longitude:number type:string
        GoogleMapsCallArguments queries:[string]
        GoogleMapsCallStep id:string arguments:GoogleMapsCallArguments signature:string type:string
        GoogleMapsResult places:[GoogleMapsResultPlaces] widget_context_token:string
        GoogleMapsResultPlaces name:string place_id:string review_snippets:[ReviewSnippet] url:string
        GoogleMapsResultStep call_id:string result:[GoogleMapsResult] signature:string type:string
        GoogleSearch search_types:[@GoogleSearchCallStep.search_type] type:string
        GoogleSearchCallArguments queries:[string]
        GoogleSearchCallStep arguments:GoogleSearchCallArguments id:string
          search_type:@GoogleSearchCallStep.search_type signature:string type:string
        GoogleSearchResult search_suggestions:string
        GoogleSearchResultStep call_id:string result:[GoogleSearchResult] is_error:bool signature:string
          type:string
        HybridSearch alpha:number
        ImageConfig aspect_ratio:@ImageConfig.aspect_ratio image_size:@ImageConfig.image_size
        ImageContent data:string mime_type:@ImageContent.mime_type resolution:@ImageContent.resolution
          type:string uri:string
        ImageResponseFormat aspect_ratio:@ImageConfig.aspect_ratio
          delivery:@AudioResponseFormat.delivery image_size:@ImageConfig.image_size
          mime_type:@ImageResponseFormat.mime_type type:string ~aspectRatio:@ImageConfig.aspect_ratio
          ~imageSize:@ImageConfig.image_size ~mimeType:@ImageResponseFormat.mime_type
        MCPServer allowed_tools:[AllowedTools] headers:map name:string type:string url:string
        MCPServerToolCallStep arguments:map id:string name:string server_name:string type:string
        MCPServerToolResultStep call_id:string result:any name:string server_name:string type:string
        ModelOutputStep content:[%Content] error:Status type:string
        PageProcessingOptions content_layers:[@PageProcessingOptions.content_layers] end_page:number
          start_page:number
        ParallelAISearchConfig api_key:string custom_config:map
        PlaceCitation end_index:number name:string place_id:string review_snippets:[ReviewSnippet]
          start_index:number type:string url:string
        ProcessingCallStep id:string signature:string type:string
        ProcessingResultStep call_id:string signature:string type:string
        RagResource rag_corpus:string rag_file_ids:[string]
        RagRetrievalConfig filter:Filter hybrid_search:HybridSearch ranking:Ranking top_k:number
        RagStoreConfig rag_resources:[RagResource] rag_retrieval_config:RagRetrievalConfig
          similarity_top_k:number vector_distance_threshold:number
        RankService model_name:string
        Ranking model_name:string rank_service:RankService ranking_config:string
        Retrieval exa_ai_search_config:ExaAISearchConfig
          parallel_ai_search_config:ParallelAISearchConfig rag_store_config:RagStoreConfig
          retrieval_types:[@RetrievalCallStep.retrieval_type] type:string
          vertex_ai_search_config:VertexAISearchConfig
        RetrievalCallArguments queries:[string]
        RetrievalCallStep arguments:RetrievalCallArguments id:string
          retrieval_type:@RetrievalCallStep.retrieval_type signature:string type:string
        RetrievalResultStep call_id:string is_error:bool signature:string type:string
        ReviewSnippet review_id:string title:string url:string
        SafetySetting threshold:@SafetySetting.threshold type:@SafetySetting.type
          method:@SafetySetting.method
        SessionConfig max_rounds:number
        SmartTranscriptionMode source_text:string type:string
        SpeakerConfig speakers:[SpeechConfig]
        SpeechAnnotation end_index:number speaker:string start_index:number style:string type:string
        SpeechConfig language:string speaker:string voice:string
        SpreadsheetProcessingOptions content_layers:[@SpreadsheetProcessingOptions.content_layers]
          sheet_index:number visible_cells:string
        StaticMediaProcessing content_layers:[@StaticMediaProcessing.content_layers] end_offset:string
          fps:number start_offset:string type:string
        Status code:number details:[map] message:string
        TextContent text:string annotations:[%Annotation] type:string
        TextResponseFormat mime_type:@TextResponseFormat.mime_type schema:map type:string
          ~mimeType:@TextResponseFormat.mime_type
        ThoughtStep signature:string summary:[%ThoughtSummaryContent] type:string
        ToolChoiceConfig allowed_tools:AllowedTools
        ToolSearch description:string execution:@ToolSearch.execution name:string parameters:any
          type:string
        ToolSearchCallStep arguments:ToolSearchCallStepArguments id:string signature:string type:string
        ToolSearchCallStepArguments function_names:[string]
        ToolSearchResultStep call_id:string result:[Function] signature:string type:string
        TranscriptionConfig adaptation_phrases:[string] custom_vocabulary:[string]
          diarization_mode:string language_codes:[string] language_hints:[string]
          mode:@TranscriptionConfig.mode|%TranscriptionMode timestamp_granularities:[string]
        URLCitation end_index:number start_index:number title:string type:string url:string
        URLContext type:string
        URLContextCallArguments urls:[string]
        URLContextCallStep arguments:URLContextCallArguments id:string signature:string type:string
        URLContextResult status:@URLContextResult.status url:string
        URLContextResultStep call_id:string result:[URLContextResult] is_error:bool signature:string
          type:string
        UserInputStep content:[%Content] type:string
        VerbatimTranscriptionMode diarization_mode:string timestamp_granularities:[string] type:string
        VertexAISearchConfig datastores:[string] engine:string
        VideoConfig task:@VideoConfig.task
        VideoContent data:string mime_type:@VideoContent.mime_type name:string
          processing:@VideoContent.processing|StaticMediaProcessing resolution:@ImageContent.resolution
          type:string uri:string
        VideoResponseFormat aspect_ratio:@VideoResponseFormat.aspect_ratio
          delivery:@AudioResponseFormat.delivery duration:string gcs_uri:string
          resolution:@VideoResponseFormat.resolution type:string
        WebhookConfig uris:[string] user_metadata:map
        WordInfo end_index:number end_offset:string speaker:string start_index:number
          start_offset:string text:string type:string
        AnyTool *
        """
}
