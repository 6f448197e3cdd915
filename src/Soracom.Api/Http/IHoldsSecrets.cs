namespace Soracom.Api.Http;

/// <summary>A request body with secrets in it, which are then cut from whatever the vendor says in return.</summary>
internal interface IHoldsSecrets
{
    IEnumerable<string> Secrets { get; }
}
