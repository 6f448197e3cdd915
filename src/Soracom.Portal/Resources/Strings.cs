namespace Soracom.Portal.Resources;

/// <summary>Names the resource files: every text that the portal shows, in English and Japanese.</summary>
public sealed class Strings;
