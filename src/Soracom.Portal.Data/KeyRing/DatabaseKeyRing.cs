using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Soracom.Portal.Data.KeyRing;

/// <summary>
/// Keeps the key ring in the database, so that all instances of the portal share it. Where a certificate protects it, it
/// hands out only what is encrypted and signed: the database is not trusted to say what opens the stored secrets.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="log">The log.</param>
/// <param name="signatures">Of the certificates that protect the ring; null where none does, in Development.</param>
public sealed partial class DatabaseKeyRing(PortalDatabase database, ILogger<DatabaseKeyRing> log, KeyRingSignatures? signatures = null) : IXmlRepository
{
    private readonly ConcurrentDictionary<int, byte> told = new();

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var elements = new List<XElement>();
        using var db = database.ForInstallation();
        foreach (var row in db.KeyRing.AsNoTracking().OrderBy(row => row.Id))
        {
            if (FaultOf(row) is not { } fault)
            {
                elements.Add(XElement.Parse(row.Xml));
            }
            else if (told.TryAdd(row.Id, 0))
            {
                LogLeftOut(row.Id, fault);
            }
        }

        return elements;
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        var xml = element.ToString(SaveOptions.DisableFormatting);
        using var db = database.ForInstallation();
        db.KeyRing.Add(new KeyRingKey { Name = friendlyName, Xml = xml, Signature = signatures?.Sign(xml) });
        db.SaveChanges();
    }

    /// <summary>The rows that are not used, and why.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The rows' identities; empty when all is well, and where no certificate protects the ring.</returns>
    public async Task<IReadOnlyList<(int Id, KeyRingFault Fault)>> FaultsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var rows = await db.KeyRing.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. from row in rows let fault = FaultOf(row) where fault is not null select (row.Id, fault.Value)];
    }

    private KeyRingFault? FaultOf(KeyRingKey row) => signatures is null ? null : KeyRingFaults.Of(row, signatures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Row {Id} of the key ring is not used: {Fault}. Somebody else may have written to the database.")]
    private partial void LogLeftOut(int id, KeyRingFault fault);
}
