namespace Soracom.Api.Http;

/// <summary>A request body with secrets in it, which are then cut from whatever the vendor says in return.</summary>
internal interface IHoldsSecrets
{
    /// <summary>As they are; what is null or empty is passed over.</summary>
    IEnumerable<string?> Secrets { get; }
}
