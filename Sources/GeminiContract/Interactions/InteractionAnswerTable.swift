// SPDX-License-Identifier: Apache-2.0

/// The messages that an answer of the Interactions API is made of, in the form of `InteractionSchemaTable` and to be read
/// behind it: what stands there, too, is what answers have of it. Facts taken from the types of google-genai 3.4.0, without what
/// those add by themselves (`output_text`, `continuation_ids`), and from recordings (INTERACTIONS 3 and 4).
enum InteractionAnswerTable {
    /// The resource, and an event of a stream: whichever it is, with the members of all.
    static let (resource, event) = ("Interaction", "InteractionEvent")

    static let text = """
        @GroundingToolCount.type google_search google_maps retrieval
        @Interaction.status queued in_progress requires_action completed cancelled failed budget_exceeded
          requires_continuation incomplete
        @InteractionEvent.event_type interaction.created interaction.status_update step.start step.delta
          step.stop interaction.completed error
        @ModalityTokens.modality text image audio video document
        %StepDelta arguments_delta=ArgumentsDelta audio=AudioDelta
          code_execution_call=CodeExecutionCallDelta code_execution_result=CodeExecutionResultDelta
          document=DocumentDelta file_search_call=ToolDelta file_search_result=FileSearchResultDelta
          function_result=FunctionResultDelta google_maps_call=GoogleMapsCallDelta
          google_maps_result=GoogleMapsResultDelta google_search_call=GoogleSearchCallDelta
          google_search_result=GoogleSearchResultDelta image=ImageDelta
          mcp_server_tool_call=MCPServerToolCallDelta mcp_server_tool_result=MCPServerToolResultDelta
          processing_call=ToolDelta processing_result=ToolDelta retrieval_call=RetrievalCallDelta
          retrieval_result=RetrievalResultDelta text=TextDelta
          text_annotation_delta=TextAnnotationDelta thought_signature=ToolDelta
          thought_summary=ThoughtSummaryDelta tool_search_call=ToolSearchCallDelta
          tool_search_result=ToolSearchResultDelta url_context_call=URLContextCallDelta
          url_context_result=URLContextResultDelta video=VideoDelta
        ArgumentsDelta arguments:string type:string
        AudioDelta channels:number data:string mime_type:string rate:number sample_rate:number
          type:string uri:string
        CodeExecutionCallDelta arguments:CodeExecutionCallArguments signature:string type:string
        CodeExecutionResultDelta result:string is_error:bool signature:string type:string
        DocumentDelta data:string mime_type:string type:string uri:string
        FileSearchResultDelta result:[any] signature:string type:string
        FunctionCallStep arguments:map id:string name:string signature:string type:string
        FunctionResultDelta result:any is_error:bool name:string type:string
        GoogleMapsCallDelta arguments:GoogleMapsCallArguments signature:string type:string
        GoogleMapsResultDelta result:[GoogleMapsResult] signature:string type:string
        GoogleSearchCallDelta arguments:GoogleSearchCallArguments signature:string type:string
        GoogleSearchResultDelta result:[GoogleSearchResult] is_error:bool signature:string type:string
        GroundingToolCount count:number type:@GroundingToolCount.type
        ImageDelta data:string mime_type:string resolution:@ImageContent.resolution type:string
          uri:string
        Interaction agent:string agent_config:%AgentConfig cached_content:string
          continuation_token:string created:string environment:any environment_id:string
          errors:[InteractionError] generation_config:GenerationConfig id:string input:any labels:map
          model:string object:string previous_interaction_id:string response_format:any
          response_mime_type:string
          response_modalities:[@CreateModelInteraction.response_modalities]
          safety_settings:[SafetySetting] service_tier:@CreateModelInteraction.service_tier
          status:@Interaction.status steps:[%Step] system_instruction:string tools:[%Tool]
          updated:string usage:InteractionUsage webhook_config:WebhookConfig
        InteractionError code:string message:string
        InteractionEvent continuation_token:string delta:%StepDelta error:InteractionError
          event_id:string event_type:@InteractionEvent.event_type index:number interaction:Interaction
          interaction_id:string metadata:StepDeltaMetadata status:@Interaction.status step:%Step
          step_usage:InteractionUsage usage:InteractionUsage
        InteractionUsage cached_tokens_by_modality:[ModalityTokens]
          grounding_tool_count:[GroundingToolCount] initial_input_tokens:number
          input_tokens_by_modality:[ModalityTokens] output_tokens_by_modality:[ModalityTokens]
          tool_use_tokens_by_modality:[ModalityTokens] total_cached_tokens:number
          total_input_tokens:number total_output_tokens:number total_thought_tokens:number
          total_tokens:number total_tool_use_tokens:number
        MCPServerToolCallDelta arguments:map name:string server_name:string type:string
        MCPServerToolResultDelta result:any name:string server_name:string type:string
        ModalityTokens modality:@ModalityTokens.modality tokens:number
        RetrievalCallDelta arguments:RetrievalCallArguments
          retrieval_type:@RetrievalCallStep.retrieval_type signature:string type:string
        RetrievalResultDelta is_error:bool signature:string type:string
        StepDeltaMetadata total_usage:InteractionUsage
        TextAnnotationDelta annotations:[%Annotation] type:string
        TextDelta text:string type:string
        ThoughtSummaryDelta content:%Content type:string
        ToolDelta signature:string type:string
        ToolSearchCallDelta arguments:ToolSearchCallStepArguments signature:string type:string
        ToolSearchResultDelta result:[Function] signature:string type:string
        URLContextCallDelta arguments:URLContextCallArguments signature:string type:string
        URLContextResultDelta result:[URLContextResult] is_error:bool signature:string type:string
        VideoDelta data:string mime_type:string resolution:@ImageContent.resolution type:string
          uri:string
        """
}
