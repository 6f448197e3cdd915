namespace Soracom.Sandbox.Http;

/// <summary>The language of error messages, asked for by the header X-Soracom-Lang.</summary>
internal enum Language
{
    English,
    Japanese,
}
