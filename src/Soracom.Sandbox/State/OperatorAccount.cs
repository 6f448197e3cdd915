using System.Collections.Immutable;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.State;

/// <summary>
/// One operator: its users, and its SIMs and groups by coverage. <see cref="Gate"/> is held while an operation of the
/// account runs; what lies outside <see cref="Data"/> is immutable and may be read without it.
/// </summary>
internal sealed class OperatorAccount(string operatorId, string name, string email, DateTimeOffset created, User root)
{
    private readonly Dictionary<Coverage, Lazy<CoverageData>> data = new()
    {
        [Coverage.Japan] = new(new CoverageData()),
        [Coverage.Global] = new(new CoverageData()),
    };

    public Lock Gate { get; } = new();

    public string OperatorId => operatorId;

    public string Name => name;

    public string Email => email;

    public DateTimeOffset Created => created;

    public User Root => root;

    public ImmutableSortedDictionary<string, User> Users { get; private set; } = ImmutableSortedDictionary.Create<string, User>(StringComparer.Ordinal);

    public IEnumerable<User> Everybody => Users.Values.Prepend(Root);

    public void PutUser(User user) =>
        Users = Users.SetItem(user.Name ?? throw new ArgumentException("The root user has no name.", nameof(user)), user);

    /// <summary>Fills a coverage, once somebody asks for it: a large fleet must not hold up the start.</summary>
    public void Fill(Coverage coverage, Func<CoverageData> make) => data[coverage] = new Lazy<CoverageData>(make);

    /// <summary>The account's SIMs and groups of a coverage.</summary>
    public CoverageData Data(Coverage coverage) => data[coverage].Value;
}
