namespace Soracom.Api.Http;

/// <summary>A converter that tells what it reads and writes, so that it can be held against the vendor's definition.</summary>
internal interface IWireConverter
{
    /// <summary>integer, number, string, boolean, array or object</summary>
    string JsonType { get; }
}
