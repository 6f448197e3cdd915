using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.KeyRing;

/// <summary>Keeps the key ring in the database, so that all instances of the portal share it.</summary>
/// <param name="database">The portal's database.</param>
public sealed class DatabaseKeyRing(PortalDatabase database) : IXmlRepository
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.ForInstallation();
        return [.. db.KeyRing.AsNoTracking().Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml))];
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        using var db = database.ForInstallation();
        db.KeyRing.Add(new KeyRingKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
