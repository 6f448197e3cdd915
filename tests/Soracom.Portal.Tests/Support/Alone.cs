namespace Soracom.Portal.Tests.Support;

/// <summary>Tests that measure the memory of the whole process: they run when no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
