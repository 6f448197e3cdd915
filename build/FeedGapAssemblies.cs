using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Soracom.Portal.FeedGaps;

/// <summary>
/// Answers the assemblies that build/FeedGaps.targets replaced. Their callers ask for a newer version or a signed
/// assembly, so the ordinary binder passes by the file beside the program; the default load context asks here next.
/// Compiled into Soracom.Portal.Data (and so present in each process that opens the database) and into the project
/// that uses bUnit; left out of a build with <c>-p:CompleteFeed=true</c>.
/// </summary>
file static class FeedGapAssemblies
{
    private static readonly HashSet<string> StandIns = new(StringComparer.Ordinal)
    {
        "SQLitePCLRaw.core", // 2.0.6, where Microsoft.Data.Sqlite 10 asks for 2.1
        "Microsoft.SqlServer.Server", // build/StandIns: SqlClient names it for every parameter
        "AngleSharp.Diffing", // 0.17, where bUnit 2 asks for 1.x
    };

    // A module initializer is the only code that surely runs before the first use of the packages concerned.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name)
    {
        if (name.Name is null || !StandIns.Contains(name.Name))
        {
            return null;
        }

        // Beside this assembly rather than the program: the migration tool is a program elsewhere.
        var folder = Path.GetDirectoryName(typeof(FeedGapAssemblies).Assembly.Location);
        var file = Path.Combine(folder ?? AppContext.BaseDirectory, name.Name + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
