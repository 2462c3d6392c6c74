// SPDX-License-Identifier: Apache-2.0

/// The messages that a request of the Interactions API is made of, as a table: facts taken by script from the types of
/// google-genai 3.4.0, with what recorded refusals list beside them (INTERACTIONS 2 and 6).
///
/// `@name` begins a list of words, `%Name` a union by the member `type`, anything else a message with its members; a line
/// that begins with blanks goes on with the one before. `[T]` is a list, `T|U` either. What begins with `~` is accepted
/// but isn't told in refusals: types that clients guess from file names, tools of other editions of the API, and the few
/// names that google-genai 2.0.0 sends in camelCase.
enum InteractionSchemaTable {
    static let text = """
        @response_modalities text image audio video document
        @service_tier flex standard priority deferred
        @audio_type audio/wav audio/mp3 audio/aiff audio/aac audio/ogg audio/flac audio/mpeg audio/m4a audio/l16
          audio/opus audio/alaw audio/mulaw audio/webm ~audio/x-wav ~audio/wave ~audio/vnd.wave ~audio/x-aiff
          ~audio/mp4 ~audio/x-m4a ~audio/x-flac ~audio/x-aac ~audio/pcm
        @static static
        @document_type application/pdf text/csv
          application/vnd.openxmlformats-officedocument.presentationml.presentation
          application/vnd.ms-powerpoint application/vnd.oasis.opendocument.presentation
          application/vnd.openxmlformats-officedocument.wordprocessingml.document application/msword
          application/vnd.openxmlformats-officedocument.wordprocessingml.template
          application/vnd.oasis.opendocument.text
          application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/vnd.ms-excel
          application/vnd.oasis.opendocument.spreadsheet ~text/plain ~text/html ~text/markdown ~text/xml
          ~text/css ~text/javascript ~text/x-python ~text/rtf ~application/json ~application/rtf
        @resolution low medium high ultra_high
        @image_type image/png image/jpeg image/webp image/heic image/heif image/gif image/bmp image/tiff
          ~image/jpg
        @video_type video/mp4 video/mpeg video/mpg video/mov video/avi video/x-flv video/webm video/wmv
          video/3gpp ~video/quicktime ~video/x-msvideo ~video/mpegps ~video/mpg4 ~video/x-ms-wmv
        @film_processing static agentic
        @thinking_level minimal low medium high xhigh
        @thinking_summaries auto none
        @tool_choice auto any none validated
        @threshold block_low_and_above block_medium_and_above block_only_high block_none off
        @harm hate_speech dangerous_content harassment sexually_explicit civic_integrity image_hate
          image_dangerous_content image_harassment image_sexually_explicit jailbreak
        @method severity probability
        @disabled_safety_policies financial_transactions sensitive_data_modification communication_tool
          account_creation data_modification user_consent_management legal_terms_and_agreements
        @computer browser mobile desktop
        @search_types web_search image_search enterprise_web_search
        @retrieval_types vertex_ai_search rag_store exa_ai_search parallel_ai_search
        @execution server client
        @visualization off auto
        @film_layers frames audio transcript
        @aspect_ratio 1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9 1:8 8:1 1:4 4:1
        @image_size 512 1K 2K 4K
        @transcription verbatim smart
        @task text_to_video image_to_video reference_to_video edit extend upscale
        @find_mode scan verify
        @page_layers page_image page_text
        @sheet_layers visual data formulas
        @text_format application/json text/plain
        @delivery inline uri
        @audio_format audio/mp3 audio/ogg_opus audio/l16 audio/wav audio/alaw audio/mulaw
        @image_format image/jpeg
        @film_ratio 16:9 9:16
        @film_size 360p 720p 1080p 4k
        @language python bash
        @fetch_status success error paywall unsafe
        %Tool function=Function code_execution=CodeExecution mcp_server=MCPServer filesystem=AnyTool
          google_maps=GoogleMaps google_search=GoogleSearch bash=AnyTool computer_use=ComputerUse
          file_search=FileSearch url_context=URLContext ~retrieval=Retrieval ~tool_search=ToolSearch
        %AgentConfig dynamic=DynamicAgentConfig deep-research=DeepResearchAgentConfig
          antigravity=AntigravityAgentConfig code-mender=CodeMenderAgentConfig
        %Annotation file_citation=FileCitation place_citation=PlaceCitation speech_metadata=SpeechAnnotation
          url_citation=URLCitation word_info=WordInfo
        %TranscriptionMode smart=SmartTranscriptionMode verbatim=VerbatimTranscriptionMode
        %Step code_execution_call=CodeExecutionCallStep code_execution_result=CodeExecutionResultStep
          file_search_call=FileSearchCallStep file_search_result=FileSearchResultStep
          function_call=FunctionCallStep function_result=FunctionResultStep google_maps_call=GoogleMapsCallStep
          google_maps_result=GoogleMapsResultStep google_search_call=GoogleSearchCallStep
          google_search_result=GoogleSearchResultStep mcp_server_tool_call=MCPServerToolCallStep
          mcp_server_tool_result=MCPServerToolResultStep model_output=ModelOutputStep
          processing_call=ProcessingCallStep processing_result=ProcessingResultStep
          retrieval_call=RetrievalCallStep retrieval_result=RetrievalResultStep thought=ThoughtStep
          tool_search_call=ToolSearchCallStep tool_search_result=ToolSearchResultStep
          url_context_call=URLContextCallStep url_context_result=URLContextResultStep user_input=UserInputStep
        %Content text=TextContent image=ImageContent audio=AudioContent document=DocumentContent
          video=VideoContent
        %ThoughtSummaryContent image=ImageContent text=TextContent
        CreateModelInteraction model:string background:bool cached_content:string continuation_token:string
          environment:string|map generation_config:GenerationConfig input:input labels:map
          previous_interaction_id:string response_format:format response_mime_type:string
          response_modalities:[@response_modalities] safety_settings:[SafetySetting] service_tier:@service_tier
          store:bool stream:bool system_instruction:string tools:[%Tool] webhook_config:WebhookConfig
        CreateAgentInteraction agent:string agent_config:%AgentConfig background:bool continuation_token:string
          environment:string|map input:input labels:map previous_interaction_id:string response_format:format
          response_mime_type:string response_modalities:[@response_modalities] safety_settings:[SafetySetting]
          service_tier:@service_tier store:bool stream:bool system_instruction:string tools:[%Tool]
          webhook_config:WebhookConfig
        AudioContent channels:int data:string mime_type:@audio_type
          processing:@static|AudioStaticMediaProcessing sample_rate:int type:string uri:string
        DocumentContent data:string mime_type:@document_type processing:@static|DocumentStaticMediaProcessing
          resolution:@resolution type:string uri:string
        ImageContent data:string mime_type:@image_type resolution:@resolution type:string uri:string
        TextContent text:string annotations:[%Annotation] type:string
        VideoContent data:string mime_type:@video_type name:string
          processing:@film_processing|StaticMediaProcessing resolution:@resolution type:string uri:string
        GenerationConfig image_config:ImageConfig max_output_tokens:int seed:int
          speech_config:SpeakerConfig|[SpeechConfig] stop_sequences:[string] temperature:number
          thinking_level:@thinking_level thinking_summaries:@thinking_summaries
          tool_choice:@tool_choice|ToolChoiceConfig top_k:int top_p:number
          transcription_config:TranscriptionConfig video_config:VideoConfig
        SafetySetting threshold:@threshold type:@harm method:@method
        CodeExecution type:string
        ComputerUse disabled_safety_policies:[@disabled_safety_policies] enable_prompt_injection_detection:bool
          environment:@computer excluded_predefined_functions:[string] ~excludedPredefinedFunctions:[string] type:string
        FileSearch file_search_store_names:[string] metadata_filter:string top_k:int type:string
        Function defer_loading:bool description:string name:string parameters:any short_description:string
          type:string
        GoogleMaps enable_widget:bool latitude:number longitude:number type:string
        GoogleSearch search_types:[@search_types] type:string
        MCPServer allowed_tools:[AllowedTools] headers:map name:string type:string url:string
        Retrieval exa_ai_search_config:ExaAISearchConfig parallel_ai_search_config:ParallelAISearchConfig
          rag_store_config:RagStoreConfig retrieval_types:[@retrieval_types] type:string
          vertex_ai_search_config:VertexAISearchConfig
        ToolSearch description:string execution:@execution name:string parameters:any type:string
        URLContext type:string
        WebhookConfig uris:[string] user_metadata:map
        DynamicAgentConfig type:string
        DeepResearchAgentConfig collaborative_planning:bool enable_bigquery_tool:bool
          thinking_summaries:@thinking_summaries type:string visualization:@visualization
        AntigravityAgentConfig max_total_tokens:int model:string type:string
        CodeMenderAgentConfig find_request:FindRequest fix_request:FixRequest model:string
          session_config:SessionConfig session_id:string type:string
        AudioStaticMediaProcessing end_offset:string start_offset:string type:string
        DocumentStaticMediaProcessing page_options:PageProcessingOptions
          spreadsheet_options:SpreadsheetProcessingOptions type:string
        FileCitation custom_metadata:map document_uri:string end_index:int file_name:string media_id:string
          page_number:int source:string start_index:int type:string
        PlaceCitation end_index:int name:string place_id:string review_snippets:[ReviewSnippet] start_index:int
          type:string url:string
        SpeechAnnotation end_index:int speaker:string start_index:int style:string type:string
        URLCitation end_index:int start_index:int title:string type:string url:string
        WordInfo end_index:int end_offset:string speaker:string start_index:int start_offset:string text:string
          type:string
        StaticMediaProcessing content_layers:[@film_layers] end_offset:string fps:number start_offset:string
          type:string
        ImageConfig aspect_ratio:@aspect_ratio image_size:@image_size
        SpeakerConfig speakers:[SpeechConfig]
        SpeechConfig language:string speaker:string voice:string
        ToolChoiceConfig allowed_tools:AllowedTools
        TranscriptionConfig adaptation_phrases:[string] custom_vocabulary:[string] diarization_mode:string
          language_codes:[string] language_hints:[string] mode:@transcription|%TranscriptionMode
          timestamp_granularities:[string]
        VideoConfig task:@task
        AllowedTools mode:@tool_choice tools:[string]
        ExaAISearchConfig api_key:string custom_config:map
        ParallelAISearchConfig api_key:string custom_config:map
        RagStoreConfig rag_resources:[RagResource] rag_retrieval_config:RagRetrievalConfig similarity_top_k:int
          vector_distance_threshold:number
        VertexAISearchConfig datastores:[string] engine:string
        FindRequest description:string finding_id:string mode:@find_mode source_files:[FileContent]
        FixRequest description:string finding_id:string source_files:[FileContent]
        SessionConfig max_rounds:int
        PageProcessingOptions content_layers:[@page_layers] end_page:int start_page:int
        SpreadsheetProcessingOptions content_layers:[@sheet_layers] sheet_index:int visible_cells:string
        ReviewSnippet review_id:string title:string url:string
        SmartTranscriptionMode source_text:string type:string
        VerbatimTranscriptionMode diarization_mode:string timestamp_granularities:[string] type:string
        RagResource rag_corpus:string rag_file_ids:[string]
        RagRetrievalConfig filter:Filter hybrid_search:HybridSearch ranking:Ranking top_k:int
        FileContent content:string path:string
        Filter metadata_filter:string vector_distance_threshold:number vector_similarity_threshold:number
        HybridSearch alpha:number
        Ranking model_name:string rank_service:RankService ranking_config:string
        RankService model_name:string
        TextResponseFormat mime_type:@text_format schema:map type:string ~mimeType:@text_format
        AudioResponseFormat bit_rate:int delivery:@delivery mime_type:@audio_format sample_rate:int type:string
          ~bitRate:int ~mimeType:@audio_format ~sampleRate:int
        ImageResponseFormat aspect_ratio:@aspect_ratio delivery:@delivery image_size:@image_size
          mime_type:@image_format type:string ~aspectRatio:@aspect_ratio ~imageSize:@image_size
          ~mimeType:@image_format
        VideoResponseFormat aspect_ratio:@film_ratio delivery:@delivery duration:string gcs_uri:string
          resolution:@film_size type:string
        CodeExecutionCallStep arguments:CodeExecutionCallArguments id:string signature:string type:string
        CodeExecutionResultStep call_id:string result:any is_error:bool signature:string type:string
        FileSearchCallStep id:string signature:string type:string
        FileSearchResultStep call_id:string signature:string type:string
        FunctionCallStep arguments:map id:string name:string type:string
        FunctionResultStep call_id:string result:any is_error:bool name:string type:string
        GoogleMapsCallStep id:string arguments:GoogleMapsCallArguments signature:string type:string
        GoogleMapsResultStep call_id:string result:[GoogleMapsResult] signature:string type:string
        GoogleSearchCallStep arguments:GoogleSearchCallArguments id:string search_type:@search_types
          signature:string type:string
        GoogleSearchResultStep call_id:string result:[GoogleSearchResult] is_error:bool signature:string
          type:string
        MCPServerToolCallStep arguments:map id:string name:string server_name:string type:string
        MCPServerToolResultStep call_id:string result:any name:string server_name:string type:string
        ModelOutputStep content:[%Content] error:Status type:string
        ProcessingCallStep id:string signature:string type:string
        ProcessingResultStep call_id:string signature:string type:string
        RetrievalCallStep arguments:RetrievalCallArguments id:string retrieval_type:@retrieval_types
          signature:string type:string
        RetrievalResultStep call_id:string is_error:bool signature:string type:string
        ThoughtStep signature:string summary:[%ThoughtSummaryContent] type:string
        ToolSearchCallStep arguments:ToolSearchCallStepArguments id:string signature:string type:string
        ToolSearchResultStep call_id:string result:[Function] signature:string type:string
        URLContextCallStep arguments:URLContextCallArguments id:string signature:string type:string
        URLContextResultStep call_id:string result:[URLContextResult] is_error:bool signature:string type:string
        UserInputStep content:[%Content] type:string
        CodeExecutionCallArguments code:string language:@language
        GoogleMapsCallArguments queries:[string]
        GoogleMapsResult places:[GoogleMapsResultPlaces] widget_context_token:string
        GoogleSearchCallArguments queries:[string]
        GoogleSearchResult search_suggestions:string
        Status code:int details:[map] message:string
        RetrievalCallArguments queries:[string]
        ToolSearchCallStepArguments function_names:[string]
        URLContextCallArguments urls:[string]
        URLContextResult status:@fetch_status url:string
        GoogleMapsResultPlaces name:string place_id:string review_snippets:[ReviewSnippet] url:string
        AnyTool *
        """
}
