using System.Text.Json.Serialization;

namespace Soracom.Api.Auth;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AuthRequest))]
[JsonSerializable(typeof(AuthResponse))]
[JsonSerializable(typeof(GenerateTokenRequest))]
[JsonSerializable(typeof(SwitchUserRequest))]
[JsonSerializable(typeof(IssuePasswordResetTokenRequest))]
[JsonSerializable(typeof(VerifyPasswordResetTokenRequest))]
[JsonSerializable(typeof(IssueMfaRevokingTokenRequest))]
[JsonSerializable(typeof(VerifyMfaRevokingTokenRequest))]
[JsonSerializable(typeof(GenerateTokenResponse))]
internal sealed partial class AuthJson : JsonSerializerContext;
