using System.Text.Json.Serialization;
using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.SystemNotifications;

/// <summary>Which of the account's mail addresses get the vendor's notices.</summary>
public interface ISystemNotificationsApi
{
    /// <summary>Vendor operation listSystemNotifications: the addresses by type. Not in pages.</summary>
    [SoracomOperation("listSystemNotifications"), Get("/operators/{operator_id}/system_notifications")]
    Task<IReadOnlyList<SystemNotification>> ListSystemNotificationsAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSystemNotification.</summary>
    /// <param name="operatorId">The account.</param>
    /// <param name="type">One of <see cref="SystemNotificationType"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("getSystemNotification"), Get("/operators/{operator_id}/system_notifications/{type}")]
    Task<SystemNotification> GetSystemNotificationAsync(
        [Path("operator_id")] string operatorId, [Path("type"), WireValues(typeof(SystemNotificationType))] string type, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSystemNotification: these addresses instead of those before. The primary ones need the root user's password.</summary>
    /// <param name="operatorId">The account.</param>
    /// <param name="type">One of <see cref="SystemNotificationType"/>.</param>
    /// <param name="addresses">Ids of mail addresses.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("setSystemNotification", Effect = CallEffect.Repeatable), Post("/operators/{operator_id}/system_notifications/{type}")]
    Task<SystemNotification> SetSystemNotificationAsync(
        [Path("operator_id")] string operatorId,
        [Path("type"), WireValues(typeof(SystemNotificationType))] string type,
        [Body] NotifiedAddresses addresses,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteSystemNotification: nobody gets notices of that type any more. Not for the primary ones.</summary>
    /// <param name="operatorId">The account.</param>
    /// <param name="type">One of <see cref="SystemNotificationType"/> but primary.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("deleteSystemNotification"), Delete("/operators/{operator_id}/system_notifications/{type}")]
    Task DeleteSystemNotificationAsync(
        [Path("operator_id")] string operatorId,
        [Path("type"), WireValues(typeof(SystemNotificationType), AreMore = true)] string type,
        CancellationToken cancellationToken = default);
}

/// <summary>Who gets notices of a type (wire: SystemNotificationsModel).</summary>
public sealed record SystemNotification
{
    /// <summary>One of <see cref="SystemNotificationType"/>.</summary>
    [WireValues(typeof(SystemNotificationType))]
    public string? Type { get; init; }

    /// <summary>Ids of mail addresses.</summary>
    public IReadOnlyList<string>? EmailIdList { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? UpdateDateTime { get; init; }
}

/// <summary>Who is to get notices of a type (wire: SetSystemNotificationsRequest).</summary>
public sealed record NotifiedAddresses : IHoldsSecrets
{
    /// <summary>Ids of mail addresses.</summary>
    public required IReadOnlyList<string> EmailIdList { get; init; }

    /// <summary>The root user's; needed for the primary addresses.</summary>
    public string? Password { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Password];

    public override string ToString() => nameof(NotifiedAddresses);
}

/// <summary>Types of notices.</summary>
public static class SystemNotificationType
{
    public const string Primary = "primary";
    public const string Recovery = "recovery";
    public const string Billing = "billing";
    public const string Support = "support";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<SystemNotification>))]
[JsonSerializable(typeof(NotifiedAddresses))]
internal sealed partial class SystemNotificationsJson : JsonSerializerContext;
